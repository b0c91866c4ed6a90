// The events shown, as a CSV file to download: UTF-8 with a byte order mark and CR LF, like calendar_export/tables/csv_files.py.
(function (our) {
  var COLUMNS = ["name", "start", "end", "timezone", "status", "kind", "mode", "topics", "place", "price", "credit", "deadlines", "page"];

  our.csvOf = function (events, base) {
    var rows = events.map(function (event) { return cellsOf(event, base); });
    return "\ufeff" + [COLUMNS].concat(rows).map(function (row) { return row.map(quoted).join(",") + "\r\n"; }).join("");
  };

  function cellsOf(event, base) {
    var due = event.deadlines.map(function (one) { return one.kind + " " + one.day; }).join("; ");
    var page = (base || "") + "events/" + event.id + ".html";
    return [event.name, event.start, event.end || "", event.zone, event.status, event.kind, event.mode,
      event.topics.join("; "), event.place, event.price, event.earns, due, page];
  }

  // An apostrophe before what a spreadsheet would take for a formula (OWASP, CSV Injection).
  function quoted(text) {
    var line = String(text).replace(/[\x00-\x1f\x7f]+/g, " ").trim();
    if (/^[=+\-@|%＝＋－＠｜％﹦﹢﹣﹫﹪]/.test(line)) line = "'" + line;
    return /[",]/.test(line) ? '"' + line.replace(/"/g, '""') + '"' : line;
  }
})(Symposia);
