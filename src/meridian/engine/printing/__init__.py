"""Tables and documents printed alike as HTML, XLSX, DOCX, PDF, CSV and JSON.

`formats` prints a `document.Document` or a table; `numbers` says how figures look in it.
"""
