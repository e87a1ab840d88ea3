// The catalogue's only script: theme, copying, keys and instant search. Pages read the same without it.
"use strict";

(() => {
  const page = document.documentElement;

  // Before anything is painted. Storage may be closed to files.
  const stored = {
    get: () => { try { return localStorage.getItem("karst-theme"); } catch { return null; } },
    set: theme => { try { localStorage.setItem("karst-theme", theme); } catch { /* kept for this page only */ } },
  };
  if (["light", "dark"].includes(stored.get())) page.dataset.theme = stored.get();

  document.addEventListener("DOMContentLoaded", () => {
    const root = page.dataset.root ?? "";
    const byId = id => document.getElementById(id);
    const make = (tag, className, ...children) => {
      const element = document.createElement(tag);
      if (className) element.className = className;
      element.append(...children);
      return element;
    };
    for (const element of document.querySelectorAll(".script")) element.hidden = false;

    const isDark = () => page.dataset.theme ? page.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    byId("theme").addEventListener("click", () => {
      page.dataset.theme = isDark() ? "light" : "dark";
      stored.set(page.dataset.theme);
    });

    // Copies what was written: not the numbers, not what macros stand for.
    const textOf = code => [...code.querySelectorAll(".src")].map(line => {
      const copy = line.cloneNode(true);
      for (const expansion of copy.querySelectorAll(".expansion")) expansion.remove();
      for (const character of copy.querySelectorAll(".invisible")) character.replaceWith(String.fromCodePoint(parseInt(character.textContent.slice(2), 16)));
      return copy.textContent;
    }).join("\n");
    const copy = async text => {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        const area = make("textarea", "sr", text);
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
      }
    };
    for (const button of document.querySelectorAll(".copy")) {
      const label = button.textContent;
      button.addEventListener("click", async () => {
        await copy(textOf(byId(button.getAttribute("aria-controls"))));
        button.textContent = "Copied";
        setTimeout(() => button.textContent = label, 1500);
      });
    }

    // The index is loaded when search is first used: as a script, since a page opened from a folder may not fetch.
    let index = null;
    let loading = null;
    const load = () => loading ??= new Promise(resolve => {
      window.karstIndex = data => resolve(index = prepare(data));
      const script = document.createElement("script");
      script.src = root + "search-index.js";
      document.head.append(script);
    });

    function prepare(data) {
      for (const name of ["fields", "values"]) data[name + "Lower"] = data[name].map(text => text.toLowerCase());
      data.techniquesLower = data.techniques.map(([id, name]) => [id.toLowerCase(), name.toLowerCase()]);
      data.rules = data.rules.map(([name, address, about, fields, values, techniques, facets]) =>
        ({ name, address, about, fields, values, techniques, facets, nameLower: name.toLowerCase(), aboutLower: about.toLowerCase() }));
      data.pages = data.pages.map(([kind, name, address, rules]) => ({ kind: data.kinds[kind], name, address, rules, nameLower: name.toLowerCase() }));
      return data;
    }

    const wordStart = (text, term) => {
      const at = text.indexOf(term);
      if (at < 0) return 0;
      return at === 0 || /[^a-z0-9]/.test(text[at - 1]) ? 2 : 1;
    };

    // All words must stand somewhere in a rule; where they stand decides the order.
    function find(query, wanted) {
      const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
      const scores = terms.map(term => ({
        term,
        fields: index.fieldsLower.map(text => text === term ? 6 : text.includes(term) ? 3 : 0),
        values: index.valuesLower.map(text => text === term ? 9 : text.includes(term) ? 5 : 0),
        techniques: index.techniquesLower.map(([id, name]) => id.startsWith(term) ? 10 : name.includes(term) ? 5 : 0),
      }));
      const best = (places, score) => places.reduce((most, place) => Math.max(most, score[place]), 0);
      const rules = [];
      for (const rule of index.rules) {
        if (!wanted.every(places => places.some(place => rule.facets.includes(place)))) continue;
        let total = 0;
        for (const { term, fields, values, techniques } of scores) {
          const inName = [0, 8, 12][wordStart(rule.nameLower, term)];
          const score = Math.max(inName, best(rule.techniques, techniques), best(rule.values, values), best(rule.fields, fields)) || (rule.aboutLower.includes(term) ? 1 : 0);
          if (score === 0) { total = -1; break; }
          total += score;
        }
        if (total >= 0) rules.push({ rule, total });
      }
      if (terms.length > 0) rules.sort((left, right) => right.total - left.total);
      const text = terms.join(" ");
      const pages = text.length < 2 ? [] : index.pages
        .map(page => ({ page, rank: page.nameLower === text ? 3 : wordStart(page.nameLower, text) }))
        .filter(({ rank }) => rank > 0)
        .sort((left, right) => right.rank - left.rank || right.page.rules - left.page.rules)
        .slice(0, 5).map(({ page }) => page);
      return { terms, rules: rules.map(({ rule }) => rule), pages };
    }

    // The words that were looked for are marked; text stays text.
    function marked(text, terms) {
      const parts = [];
      const lower = text.toLowerCase();
      for (let at = 0; at < text.length;) {
        let next = text.length;
        let length = 0;
        for (const term of terms) {
          const found = lower.indexOf(term, at);
          if (found >= 0 && (found < next || found === next && term.length > length)) { next = found; length = term.length; }
        }
        if (next > at) parts.push(text.slice(at, next));
        if (length > 0) parts.push(make("mark", "", text.slice(next, next + length)));
        at = next + Math.max(length, next < text.length ? 1 : 0);
        if (length === 0) break;
      }
      return parts;
    }

    function excerpt(rule, terms) {
      const hits = [];
      for (const term of terms) {
        if (rule.nameLower.includes(term)) continue;
        const value = rule.values.find(place => index.valuesLower[place].includes(term));
        const field = rule.fields.find(place => index.fieldsLower[place].includes(term));
        if (value !== undefined) hits.push(index.values[value].slice(0, 120));
        else if (field !== undefined) hits.push(index.fields[field]);
      }
      const term = terms.find(word => rule.aboutLower.includes(word));
      const at = term && hits.length === 0 ? Math.max(0, rule.aboutLower.indexOf(term) - 60) : 0;
      const from = at > 0 ? rule.about.indexOf(" ", at) + 1 : 0;
      const rest = rule.about.slice(from, from + 170);
      const cut = rule.about.length > from + 170 ? rest.slice(0, Math.max(rest.lastIndexOf(" "), 100)) + " …" : rest;
      const about = (from > 0 ? "… " : "") + cut;
      return [...new Set(hits), about].join(" · ");
    }

    function item(rule, terms) {
      const link = make("a", "", ...marked(rule.name, terms));
      link.href = root + rule.address + "index.html";
      const techniques = rule.techniques.map(place => index.techniques[place][0]).join(" ");
      return make("li", "", link, make("span", "count", "  " + techniques), make("p", "", ...marked(excerpt(rule, terms), terms)));
    }

    function pageItem(page, terms) {
      const link = make("a", "", ...marked(page.name, terms));
      link.href = root + page.address + "index.html";
      return make("li", "", link, make("span", "count", `  ${page.kind}, ${page.rules} ${page.rules === 1 ? "rule" : "rules"}`));
    }

    const say = text => byId("status").textContent = text;
    const sentence = (found, query) => `${found.rules.length.toLocaleString("en")} ${found.rules.length === 1 ? "rule" : "rules"}${query ? ` for “${query}”` : ""}`;

    const input = byId("q");
    const results = byId("results");
    const big = byId("browse") !== null;
    if (big) startPage(); else popup();

    // On every page but the first: a list beneath the field.
    function popup() {
      const show = async () => {
        const query = input.value.trim();
        if (!query) { results.hidden = true; say(""); return; }
        await load();
        if (query !== input.value.trim()) return;
        const found = find(query, []);
        const list = make("ul", "list", ...found.pages.map(page => pageItem(page, found.terms)), ...found.rules.slice(0, 10).map(rule => item(rule, found.terms)));
        const all = make("a", "", sentence(found, query));
        all.href = `${root}index.html#q=${encodeURIComponent(query)}`;
        results.replaceChildren(list, make("p", "note", all));
        results.hidden = false;
        say(sentence(found, query));
      };
      input.addEventListener("focus", load);
      input.addEventListener("input", show);
      document.addEventListener("click", event => { if (!event.target.closest(".find")) results.hidden = true; });
    }

    // The first page: results in the page itself, narrowed by facets; its state stands in the address, so that back leads back.
    function startPage() {
      const links = [...document.querySelectorAll("a[data-facet]")];
      const step = 50;
      let shown = step;

      const read = () => new URLSearchParams(location.hash.slice(1));
      const write = (state, push) => {
        const hash = state.toString();
        history[push ? "pushState" : "replaceState"](null, "", hash ? "#" + hash : location.pathname + location.search);
      };
      const places = state => index.facets
        .map(([name, values]) => state.getAll(name).map(value => index.facetOffsets[name] + values.indexOf(value)))
        .filter(list => list.length > 0);

      async function show() {
        const state = read();
        const query = (state.get("q") ?? "").trim();
        if (input.value.trim() !== query) input.value = query;
        const any = [...state.keys()].some(name => state.get(name));
        byId("welcome").hidden = any;
        results.hidden = !any;
        for (const link of links) {
          const on = state.getAll(link.dataset.facet).includes(link.dataset.value);
          if (on) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
        }
        if (!any) { results.replaceChildren(); say(""); counts(null); return; }
        await load();
        if (!index.facetOffsets) {
          let offset = 0;
          index.facetOffsets = {};
          for (const [name, values] of index.facets) { index.facetOffsets[name] = offset; offset += values.length; }
        }
        if (state.toString() !== read().toString()) return;
        const found = find(query, places(state));
        const chips = make("div", "chips");
        for (const [name, value] of state) {
          if (name === "q") continue;
          const chip = make("button", "", `${value} ×`);
          chip.type = "button";
          chip.setAttribute("aria-label", `Remove ${name} ${value}`);
          chip.addEventListener("click", () => { toggle(name, value); });
          chips.append(chip);
        }
        const list = make("ul", "list", ...found.pages.map(page => pageItem(page, found.terms)), ...found.rules.slice(0, shown).map(rule => item(rule, found.terms)));
        results.replaceChildren(make("h2", "", sentence(found, query)), chips, list);
        if (found.rules.length > shown) {
          const more = make("button", "", `Show ${Math.min(step, found.rules.length - shown)} more`);
          more.type = "button";
          more.addEventListener("click", () => { shown += step; show(); });
          results.append(more);
        }
        counts(found.rules);
        say(sentence(found, query));
      }

      // How many of the rules that are shown have each property.
      function counts(rules) {
        for (const link of links) {
          const count = link.parentElement.querySelector(".count");
          count.dataset.all ??= count.textContent;
          if (!rules) { count.textContent = count.dataset.all; continue; }
          const values = index.facets.find(([name]) => name === link.dataset.facet)?.[1] ?? [];
          const place = index.facetOffsets[link.dataset.facet] + values.indexOf(link.dataset.value);
          count.textContent = rules.filter(rule => rule.facets.includes(place)).length.toLocaleString("en");
        }
      }

      function toggle(name, value) {
        const state = read();
        const values = state.getAll(name);
        state.delete(name);
        for (const other of values) if (other !== value) state.append(name, other);
        if (!values.includes(value)) state.append(name, value);
        shown = step;
        write(state, true);
        show();
      }

      input.addEventListener("focus", load);
      input.addEventListener("input", () => {
        const state = read();
        if (input.value.trim()) state.set("q", input.value.trim()); else state.delete("q");
        shown = step;
        write(state, false);
        show();
      });
      for (const link of links)
        link.addEventListener("click", event => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
          event.preventDefault();
          toggle(link.dataset.facet, link.dataset.value);
        });
      addEventListener("popstate", show);
      show();
    }

    // Keys. j and k move through the list that is in use, Enter opens as on every link.
    const help = byId("keys");
    byId("help").addEventListener("click", () => help.showModal());
    byId("close").addEventListener("click", () => help.close());
    const items = () => {
      const inside = results.hidden ? document.querySelector("main") : results;
      return [...inside.querySelectorAll(".list > li > a, .cells a, tbody a")].filter(link => link.offsetParent !== null);
    };
    const move = by => {
      const links = items();
      if (links.length === 0) return;
      const at = links.indexOf(document.activeElement);
      links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)].focus();
    };
    document.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
      const typing = event.target === input;
      if (event.key === "Escape") {
        if (!big) results.hidden = true;
        if (typing) input.blur();
      } else if (typing) {
        if (event.key === "ArrowDown" && !results.hidden) { event.preventDefault(); move(1); }
        else if (event.key === "Enter" && !results.hidden) { event.preventDefault(); items()[0]?.click(); }
      } else if (event.key === "/") { event.preventDefault(); input.focus(); input.select(); }
      else if (event.key === "j") move(1);
      else if (event.key === "k") move(-1);
      else if (event.key === "?") help.showModal();
    });
  });
})();
