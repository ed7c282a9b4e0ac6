"""The page layout of a briefing: an official document, with styles for references."""

from docx.document import Document as WordDocument

from dashboard.documents.briefing.styles import set_styles
from dashboard.documents.official.page import element, name_fonts, number_pages, set_page

NOT_FIRST = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
    "["
)
NOT_LAST = "$(£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
"""Characters that must not begin, or not end, a line of Chinese text; "[" begins a reference."""


def prepare(word: WordDocument, language: str, mark: str) -> None:
    """Set page, styles, fonts, header and page numbers of a new document."""
    set_styles(word, language)
    set_page(word, grid=language.startswith("zh"))
    number_pages(word)
    _head(word, mark)
    name_fonts(word)
    _keep_references(word)


def _head(word: WordDocument, mark: str) -> None:
    section = word.sections[0]
    for header in (section.header, section.even_page_header):
        header.paragraphs[0].text = mark
        header.paragraphs[0].style = "Header"


def _keep_references(word: WordDocument) -> None:
    """Keep the number of a source on the same line as its figure."""
    for rule, signs in (("w:noLineBreaksAfter", NOT_LAST), ("w:noLineBreaksBefore", NOT_FIRST)):
        word.settings.element.insert_element_before(
            element(rule, lang="zh-CN", val=signs), "w:savePreviewPicture", "w:compat"
        )
