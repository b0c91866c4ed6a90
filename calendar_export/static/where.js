// The filter for events, in the page's address: the same as calendar_export/query.py.
// tests/calendar_export/page/test_browser.py holds the two to the same answers.
"use strict";

var Symposia = window.Symposia || {};
window.Symposia = Symposia;

(function (our) {
  var SETS = ["topic", "kind", "mode", "language", "country"];
  var FLAGS = ["free", "credit"];
  var DAYS = ["deadline", "new"];
  var DATES = ["since", "until"];
  our.NAMES = SETS.concat(FLAGS, DAYS, DATES, ["q"]);

  var READERS = {
    topic: function (text) { return text.toLowerCase(); },
    kind: function (text) { return text.toLowerCase().replace(/-/g, "_"); },
    mode: function (text) { return text.toLowerCase().replace(/-/g, "_"); },
    language: function (text) { return text.split(/[-_]/)[0].toLowerCase(); },
    country: function (text) { return text.toUpperCase(); }
  };
  var YES = ["1", "true", "yes"];
  var NO = ["0", "false", "no"];

  // The filter that `query` ("topic=literacy&free=1") asks for, by name. Unknown names and values ask nothing: addresses pass
  // through many hands. parse_query in Python refuses them.
  our.parseQuery = function (query) {
    var asked = new URLSearchParams(query);
    var where = {};
    our.NAMES.forEach(function (name) {
      var given = asked.getAll(name).map(function (text) { return text.trim(); }).filter(Boolean);
      var value = given.length ? read(name, given) : null;
      if (value !== null) where[name] = value;
    });
    return where;
  };

  function read(name, given) {
    var last = given[given.length - 1];
    if (SETS.includes(name)) return Array.from(new Set(given.map(READERS[name]))).sort();
    if (FLAGS.includes(name)) return flag(last.toLowerCase());
    if (DAYS.includes(name)) return /^\d{1,4}$/.test(last) && +last >= 1 && +last <= 3660 ? +last : null;
    if (DATES.includes(name)) return /^\d{4}-\d\d-\d\d$/.test(last) ? last : null;
    return given.join(" ");
  }

  function flag(text) {
    return YES.includes(text) ? true : NO.includes(text) ? false : null;
  }

  // The filter as a query, in the one form that EventFilter.query_string() writes, too.
  our.queryString = function (where) {
    var asked = new URLSearchParams();
    our.NAMES.forEach(function (name) {
      var value = where[name];
      if (Array.isArray(value)) value.forEach(function (one) { asked.append(name, one); });
      else if (value === true || value === false) asked.append(name, value ? "1" : "0");
      else if (value !== undefined && value !== "") asked.append(name, String(value));
    });
    return asked.toString();
  };

  // Whether an event matches, for each name. `clock`: {now: seconds since 1970, today: "2027-03-03"}.
  var CONDITIONS = {
    topic: function (asked, event) { return event.topics.some(function (one) { return asked.includes(one); }); },
    kind: function (asked, event) { return asked.includes(event.kind); },
    mode: function (asked, event) { return event.modes.some(function (one) { return asked.includes(one); }); },
    language: function (asked, event) { return asked.includes(event.language); },
    country: function (asked, event) { return asked.includes(event.country); },
    free: function (asked, event) { return event.free === asked; },
    credit: function (asked, event) { return event.credit === asked; },
    deadline: function (asked, event, clock) {
      var last = our.addDays(clock.today, asked);
      return event.deadlines.some(function (due) { return due.day >= clock.today && due.day <= last; });
    },
    "new": function (asked, event, clock) { return event.found > 0 && event.found > clock.now - asked * 86400; },
    since: function (asked, event) { return event.series !== "" || event.lastDay >= asked; },
    until: function (asked, event) { return event.firstDay <= asked; },
    q: function (asked, event, clock, said) { return !said || said[event.number] === 1; }
  };

  // Whether `event` matches. `said`: which events say the words of `q`, as `search` returns it.
  our.matches = function (where, event, clock, said) {
    return Object.keys(where).every(function (name) { return CONDITIONS[name](where[name], event, clock, said); });
  };

  // The names by which `event` does not match, at most two: counting what a further choice would find needs no more.
  our.failed = function (where, names, event, clock, said) {
    var found = [];
    for (var i = 0; i < names.length && found.length < 2; i++) {
      if (!CONDITIONS[names[i]](where[names[i]], event, clock, said)) found.push(names[i]);
    }
    return found;
  };

  // Whether `wide` matches every event that `narrow` matches.
  our.covers = function (wide, narrow) {
    return Object.keys(wide).every(function (name) {
      var outer = wide[name], inner = narrow[name];
      if (inner === undefined) return false;
      if (Array.isArray(outer)) return inner.every(function (one) { return outer.includes(one); });
      if (DAYS.includes(name) || name === "until") return inner <= outer;
      return name === "since" ? inner >= outer : inner === outer;
    });
  };

  // Which events say all the words of `text`: 1 or 0 for each; null without words, or without an index.
  our.search = function (index, text, count) {
    var words = our.fold(text || "").split(/\s+/).filter(Boolean);
    if (!words.length || !index) return null;
    var all = null;
    words.forEach(function (word) {
      var found = rowsOf(index, word, count);
      if (all) found = found.map(function (one, number) { return one & all[number]; });
      all = found;
    });
    return all;
  };

  function rowsOf(index, part, count) {
    var found = new Uint8Array(count);
    var at = index.words.indexOf(part);
    while (at >= 0) {
      var word = wordAt(index, at);
      var row = -1;
      index.rows[word].split(" ").forEach(function (distance) {
        row += parseInt(distance, 36);
        found[row] = 1;
      });
      at = index.words.indexOf(part, index.ends[word]);
    }
    return found;
  }

  function wordAt(index, at) {
    var low = 0, high = index.ends.length - 1;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (index.ends[middle] > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  // The index of words.js, with the place where each word ends.
  our.indexOf = function (data) {
    var end = 0;
    var ends = data.words ? data.words.split(" ").map(function (word) { return (end += word.length + 1); }) : [];
    return { words: data.words, rows: data.rows, ends: ends };
  };

  // `text` in the form in which words are compared: `fold` of symposia/text/folding.py.
  our.fold = function (text) {
    var plain = text.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFKD");
    return Array.from(plain).filter(function (char) { return !isCombining(char); }).join("").normalize("NFC");
  };

  // A mark has a combining class if normalisation moves it past another: JavaScript tells classes in no other way.
  function isCombining(char) {
    if (!/\p{M}/u.test(char)) return false;
    return moves("\u0345" + char) || moves(char + "\u0334") || char === "\u0345" || char === "\u0334";
  }

  function moves(pair) {
    return pair.normalize("NFD") !== pair;
  }

  our.addDays = function (day, days) {
    var moved = new Date(day + "T00:00:00Z");
    moved.setUTCDate(moved.getUTCDate() + days);
    return moved.toISOString().slice(0, 10);
  };
})(Symposia);
