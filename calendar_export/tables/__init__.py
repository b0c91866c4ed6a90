"""Events, deadlines and sources as tables: CSV files (RFC 4180) and an Excel workbook."""
