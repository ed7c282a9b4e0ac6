"""What briefings, letters and handover lists have in common: the page of an official document by
GB/T 9704, the paragraphs and tables on it, the marks in its text, and how a file is refused in
which a figure is not what the data says."""
