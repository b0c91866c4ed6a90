// The page at work: its address holds the filter and the view, and the rest of the page follows.
(function (our) {
  var SLICE = 60;
  var MOST_ON_PAPER = 1000;
  var COUNTED = ["topic", "kind", "mode", "language", "country"];
  var NARROW = "(max-width: 44rem)";
  var KEPT = "symposia-back";
  var make = our.make;
  var state = { where: {}, view: "list", month: "", shown: SLICE };
  var events = [], feeds = [], topics = {}, index = null, found = [];

  function part(name) { return document.querySelector("[data-part=" + name + "]"); }
  function inputs() { return Array.from(document.querySelectorAll(".filters input, .search input")); }

  // --- The address ---------------------------------------------------------------------------------------------------

  function readAddress() {
    var hash = location.hash.slice(1).split("=");
    state.where = our.parseQuery(location.search);
    state.view = hash[0] === "month" ? "month" : "list";
    if (/^\d{4}-(0[1-9]|1[0-2])$/.test(hash[1] || "")) state.month = hash[1];
    state.shown = (history.state && history.state.shown) || SLICE;
  }

  // A change of the filter replaces the address: Back leads to the page before, not through every letter of a search.
  function writeAddress() {
    var query = our.queryString(state.where);
    var hash = state.view === "month" ? "#month" + (state.month ? "=" + state.month : "") : location.hash ? "#list" : "";
    history.replaceState({ shown: state.shown }, "", (query ? "?" + query : location.pathname) + hash);
    keep((query ? "?" + query : "") + hash);
  }

  // Keeps the address that the pages of events lead back to. Where a browser forbids that, they lead to the whole list.
  function keep(address) {
    try { sessionStorage.setItem(KEPT, address); } catch (error) { return; }
  }

  function kept() {
    try { return sessionStorage.getItem(KEPT) || ""; } catch (error) { return ""; }
  }

  // --- The filter ----------------------------------------------------------------------------------------------------

  // Finds the events that match, and counts for each value how many would match if it were chosen, too.
  function choose(clock) {
    var names = Object.keys(state.where);
    var said = our.search(index, state.where.q, events.length);
    var counts = {};
    COUNTED.forEach(function (name) { counts[name] = new Map(); });
    found = [];
    events.forEach(function (event) {
      if (our.isOver(event, clock)) return;
      var failed = our.failed(state.where, names, event, clock, said);
      if (!failed.length) found.push(event);
      if (failed.length < 2) count(counts, event, failed[0]);
    });
    return counts;
  }

  function count(counts, event, failed) {
    COUNTED.forEach(function (name) {
      if (failed && failed !== name) return;
      valuesOf(event, name).forEach(function (value) { counts[name].set(value, (counts[name].get(value) || 0) + 1); });
    });
  }

  function valuesOf(event, name) {
    if (name === "topic") return event.topics;
    if (name === "mode") return event.modes;
    return event[name] ? [event[name]] : [];
  }

  function toggle(input) {
    var name = input.name, where = state.where;
    if (name === "q" || name === "since" || name === "until") where[name] = input.value;
    else if (name === "free" || name === "credit") where[name] = input.checked ? true : "";
    else if (name === "deadline" || name === "new") where[name] = input.checked ? +input.value : "";
    else where[name] = input.checked ? (where[name] || []).concat(input.value).sort() : without(where[name], input.value);
    if (!where[name] || !where[name].length && Array.isArray(where[name])) delete where[name];
    changed();
  }

  function without(values, value) {
    return (values || []).filter(function (one) { return one !== value; });
  }

  function changed() {
    state.shown = SLICE;
    state.month = "";
    writeAddress();
    show();
  }

  // --- What is shown -------------------------------------------------------------------------------------------------

  function show() {
    var clock = our.clock();
    var counts = choose(clock);
    showFilters(counts);
    showChosen();
    showCount();
    showSubscribe();
    if (state.view === "month") showMonth(clock);
    else showList(clock);
  }

  function showFilters(counts) {
    inputs().forEach(function (input) {
      var asked = state.where[input.name];
      if (input.type !== "checkbox") {
        if (document.activeElement !== input || input.value.trim() !== (asked || "")) input.value = asked || "";
        return;
      }
      input.checked = Array.isArray(asked) ? asked.includes(input.value) : asked === true || asked > 0;
      var number = input.parentNode.querySelector(".n");
      if (number && counts[input.name]) showNumber(input, number, counts[input.name].get(input.value) || 0);
    });
    document.querySelectorAll("[data-view]").forEach(function (link) {
      if (link.dataset.view === state.view) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  function showNumber(input, number, count) {
    number.textContent = count;
    input.parentNode.classList.toggle("none", !count && !input.checked);
  }

  function showChosen() {
    var chosen = [];
    Object.keys(state.where).forEach(function (name) {
      var value = state.where[name];
      (Array.isArray(value) ? value : [value]).forEach(function (one) { chosen.push(pillOf(name, one)); });
    });
    part("chosen").replaceChildren.apply(part("chosen"), chosen);
    part("active").textContent = chosen.length ? chosen.length + " chosen" : "";
    part("clear").hidden = !chosen.length;
  }

  function pillOf(name, value) {
    var button = make("button", "pill", nameOf(name, value) + " ", [make("span", "cross", "\u00d7")]);
    button.type = "button";
    button.setAttribute("aria-label", "Remove the filter " + nameOf(name, value));
    button.addEventListener("click", function () { remove(name, value); });
    return make("li", "", "", [button]);
  }

  function remove(name, value) {
    if (Array.isArray(state.where[name])) state.where[name] = without(state.where[name], value);
    if (!Array.isArray(state.where[name]) || !state.where[name].length) delete state.where[name];
    changed();
    (part("chosen").querySelector("button") || document.getElementById("q")).focus();
  }

  // A filter in words: those beside its box, if it has one.
  function nameOf(name, value) {
    var days = value + (value === 1 ? " day" : " days");
    if (name === "q") return "\u201c" + value + "\u201d";
    if (name === "since") return "From " + our.dateText(value);
    if (name === "until") return "Until " + our.dateText(value);
    if (name === "free") return value ? "Free" : "Not free";
    if (name === "credit") return value ? "Earns credit" : "Without credit";
    if (name === "deadline") return "Deadline within " + days;
    if (name === "new") return "Found in the last " + days;
    var input = inputs().find(function (one) { return one.name === name && one.value === value; });
    var text = input && input.parentNode.querySelector(".text, span");
    return text ? text.textContent : topics[value] || value;
  }

  function showCount() {
    var number = found.length.toLocaleString("en");
    part("count").textContent = found.length === 0 ? "No event matches" : number + (found.length === 1 ? " event" : " events");
    part("csv").hidden = !found.length;
  }

  function showSubscribe() {
    part("what").textContent = Object.keys(state.where).length ? "to this selection" : "to all events";
    // The buttons are made when the panel opens: most of the time it is closed.
    if (part("subscribe").open) part("how").replaceChildren(our.panelOf(feeds, state.where));
  }

  function showList(clock) {
    var list = part("list");
    if (!found.length) return list.replaceChildren(nothing());
    list.replaceChildren(our.listOf(found.slice(0, state.shown), clock));
    if (found.length > state.shown) list.append(moreButton());
    part("months").hidden = true;
  }

  function nothing() {
    var button = make("button", "button", "Clear all filters");
    button.type = "button";
    button.addEventListener("click", clear);
    var some = Object.keys(state.where).length > 0;
    var words = some ? "No upcoming event matches all of these filters. Remove one, or clear them all." : "No upcoming events are known.";
    return make("div", "empty", "", [make("p", "", words), some ? button : null]);
  }

  function moreButton() {
    var left = found.length - state.shown;
    var button = make("button", "button more", "Show " + Math.min(SLICE, left) + " more of " + left.toLocaleString("en"));
    button.type = "button";
    button.addEventListener("click", showMore);
    return button;
  }

  function showMore() {
    var before = state.shown;
    state.shown += SLICE;
    writeAddress();
    showList(our.clock());
    var links = part("list").querySelectorAll("h4 a");
    if (links[before]) links[before].focus();
  }

  function showMonth(clock) {
    var month = state.month || firstMonth(clock);
    var days = our.byDay(found, month);
    var title = make("h2", "", our.monthText(month));
    var bar = make("div", "turn", "", [turnButton(month, -1, "\u2190"), title, turnButton(month, 1, "\u2192")]);
    var empty = Object.keys(days).length ? null : make("p", "empty", "No event matches in this month.");
    var view = matchMedia(NARROW).matches ? our.agendaOf(days) : our.tableOf(month, days, clock, showDay);
    part("list").replaceChildren(make("section", "month", "", [bar, empty, view]));
    part("months").hidden = true;
  }

  function firstMonth(clock) {
    return found.length ? our.shownDay(found[0], clock).slice(0, 7) : clock.today.slice(0, 7);
  }

  function turnButton(month, step, arrow) {
    var to = our.nextMonth(month, step);
    var button = make("button", "button", "", [make("span", "", arrow)]);
    button.type = "button";
    button.setAttribute("aria-label", our.monthText(to));
    button.addEventListener("click", function () { turn(to, step); });
    return button;
  }

  function turn(month, step) {
    state.month = month;
    writeAddress();
    showMonth(our.clock());
    part("list").querySelectorAll(".turn button")[step < 0 ? 0 : 1].focus();
  }

  function showDay(day) {
    state.where.since = state.where.until = day;
    state.view = "list";
    changed();
    part("count").focus();
  }

  function clear() {
    state.where = {};
    changed();
    document.getElementById("q").focus();
  }

  // --- What readers do -----------------------------------------------------------------------------------------------

  function listen() {
    part("search").addEventListener("submit", function (event) { event.preventDefault(); });
    part("filters").addEventListener("submit", function (event) { event.preventDefault(); });
    document.getElementById("q").addEventListener("input", function (event) { toggle(event.target); });
    part("filters").addEventListener("change", function (event) { toggle(event.target); });
    part("clear").addEventListener("click", clear);
    part("subscribe").addEventListener("toggle", showSubscribe);
    part("csv").addEventListener("click", download);
    document.querySelectorAll("[data-days]").forEach(function (button) {
      button.addEventListener("click", function () { within(+button.dataset.days); });
    });
    document.querySelectorAll("[data-month]").forEach(function (link) {
      link.addEventListener("click", function (event) {
        event.preventDefault();
        location.hash = "#month=" + link.dataset.month;
        part("list").scrollIntoView();
      });
    });
    window.addEventListener("hashchange", follow);
    window.addEventListener("popstate", follow);
    window.addEventListener("beforeprint", function () { printed(MOST_ON_PAPER); });
    window.addEventListener("afterprint", function () { printed(state.shown); });
    matchMedia(NARROW).addEventListener("change", show);
  }

  function follow() {
    if (!/^#(list|month(=|$))|^$/.test(location.hash)) return;
    readAddress();
    show();
  }

  function within(days) {
    var today = our.clock().today;
    state.where.since = today;
    state.where.until = our.addDays(today, days);
    changed();
  }

  // Paper has no button to show more.
  function printed(most) {
    var shown = state.shown;
    if (state.view !== "list") return;
    state.shown = most;
    showList(our.clock());
    state.shown = shown;
  }

  function download() {
    var file = new Blob([our.csvOf(found, our.publicAddress())], { type: "text/csv;charset=utf-8" });
    var link = our.link("", "", URL.createObjectURL(file));
    link.download = "events.csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  // --- The pages -----------------------------------------------------------------------------------------------------

  function startList(data) {
    events = our.eventsOf(data);
    feeds = data.feeds;
    topics = data.topics;
    our.localise(events);
    var clock = our.clock();
    events.sort(function (a, b) { return order(a, b, clock); });
    readAddress();
    if (matchMedia(NARROW).matches) part("drawer").open = false;
    listen();
    keep(location.search + location.hash);
    if (!state.where.q) show();
    document.addEventListener("DOMContentLoaded", withWords);
  }

  function order(a, b, clock) {
    var one = our.shownDay(a, clock) + a.hour, other = our.shownDay(b, clock) + b.hour;
    return one < other ? -1 : one > other ? 1 : a.number - b.number;
  }

  // The index of words loads last: the list waits for it only if the address holds a search.
  function withWords() {
    index = window.SymposiaWords ? our.indexOf(window.SymposiaWords) : null;
    if (state.where.q) show();
  }

  function startEvent(when) {
    var event = { start: when.dataset.start, end: when.dataset.end || "", zone: when.dataset.zone };
    event.firstDay = event.start.slice(0, 10);
    our.localise([event]);
    part("back").href = "../index.html" + kept();
    var other = our.otherHours(event);
    if (!other) return;
    var day = event.day === event.endDay ? our.fullText(event.day) + ", " : "";
    when.prepend(make("p", "own", day + our.hoursText(event) + " ", [make("span", "soft", "your time")]));
  }

  function startFeeds(lines) {
    var base = our.publicAddress();
    if (!base) {
      part("local").hidden = false;
      return;
    }
    lines.forEach(function (line) {
      var address = base + "feeds/" + line.dataset.feed + ".ics", links = line.querySelector("[data-part=links]");
      var title = line.dataset.title;
      if (!links.children.length) {
        our.calendarLinks(address, title).slice(0, 3).forEach(function (pair, place) {
          var link = our.outward("", ["Subscribe", "Google", "Outlook"][place], pair[1]);
          link.append(make("span", "hidden", ": " + title));
          links.append(link, " ");
        });
      }
      var button = our.copyButton("Copy the address", address);
      button.append(make("span", "hidden", " of " + title));
      links.append(button, " ");
    });
  }

  function start() {
    var when = part("when"), lines = document.querySelectorAll("[data-feed]");
    document.documentElement.classList.add("js");
    if (window.SymposiaEvents && part("list")) startList(window.SymposiaEvents);
    if (when) startEvent(when);
    if (lines.length) startFeeds(lines);
  }

  start();
})(Symposia);
