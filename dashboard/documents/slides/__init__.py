"""The agenda of a meeting as native slides: text, tables and charts that can be edited.

`content` asks the data, `deck` says what stands on each slide, `writing` writes the file and
`checking` opens it again and compares every text and every number with the data asked anew.
"""
