"""What readers of HTML share: what is visible, boilerplate, headings, columns, labels, links."""
