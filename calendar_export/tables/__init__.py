"""Stored events as tables: CSV files and an Excel workbook."""
