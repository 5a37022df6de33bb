// Draws the results on a map: a second view of the list, which stays on the page.
//
// Reads the listings from <script type="application/json" id="map-points">, as
// [{"name", "url", "lat", "lon", "number", "far"}], and from #map the address of a tile server
// (data-tiles), its credit (data-attribution), and an address of area outlines in GeoJSON
// (data-outlines) for when there are no tiles. Without Leaflet or without points it does nothing.

const box = document.getElementById("map");
const points = document.getElementById("map-points");
if (box && points && window.L) {
  drawMap(box, JSON.parse(points.textContent));
}

function drawMap(box, listings) {
  if (!listings.length) return;
  box.classList.add("cd-map--drawn");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const pins = L.layerGroup();
  const map = L.map(box, {
    zoomControl: false,
    scrollWheelZoom: false,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    inertia: !calm,
  });
  map.attributionControl.setPrefix(false);
  const show = (some) =>
    map.fitBounds(some.map((listing) => [listing.lat, listing.lon]), { padding: [45, 40], maxZoom: 15 });
  const showAll = () => show(listings);
  const close = listings.filter((listing) => !listing.far);
  show(close.length ? close : listings);
  drawGround(map, box.dataset);
  map.getPane("tooltipPane").style.zIndex = 450; // The names of areas lie under the pins.
  pins.addTo(map);
  const drawPins = () => {
    const within = box.contains(document.activeElement);
    pins.eachLayer((pin) => pin.off("popupclose"));
    pins.clearLayers();
    for (const together of closeTogether(map, listings)) addPin(pins, together);
    box.classList.toggle("cd-map--far", map.getZoom() < 10);
    // Whoever was on a pin or its links is left on the map, not at the top of the page.
    if (within) box.focus({ preventScroll: true });
  };
  drawPins();
  map.on("zoomend", drawPins);
  addMoves(map, box, showAll);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });
}

function drawGround(map, { tiles, attribution, outlines }) {
  if (tiles) {
    L.tileLayer(tiles, { attribution, maxZoom: 19 }).addTo(map);
  } else if (outlines) {
    fetch(outlines)
      .then((answer) => answer.json())
      .then((areas) => L.geoJSON(areas, { interactive: false, style, onEachFeature: nameArea }).addTo(map))
      .catch(() => {}); // Pins without outlines are still a map, and the list is there.
  }
}

function style() {
  return { color: "#4a5859", weight: 2, fillColor: "#fbf8f2", fillOpacity: 1 };
}

function nameArea(area, layer) {
  if (!area.properties || !area.properties.name) return;
  const label = document.createElement("span");
  label.textContent = area.properties.name;
  layer.bindTooltip(label, { permanent: true, direction: "center", className: "cd-area-name" });
}

// Many groups share a hall or a street, and pins on top of each other could not be pressed: those
// nearer than a pin is wide share one. They part as the map comes closer.
function closeTogether(map, listings) {
  const groups = [];
  for (const listing of listings) {
    const point = map.latLngToLayerPoint([listing.lat, listing.lon]);
    const near = groups.find((group) => group.point.distanceTo(point) < 70);
    if (near) near.together.push(listing);
    else groups.push({ point, together: [listing] });
  }
  return groups.map((group) => group.together);
}

function addPin(pins, together) {
  const few = together.map((listing) => listing.number).join(", ");
  const numbers = few.length < 6 ? few : `${together.length} here`;
  const width = Math.max(44, 24 + 10 * numbers.length);
  const icon = L.divIcon({ className: "cd-pin", html: numbers, iconSize: [width, 44] });
  const pin = L.marker([together[0].lat, together[0].lon], { icon }).addTo(pins);
  const name = together.map((listing) => `${listing.number}. ${listing.name}`).join(", ");
  pin.getElement().setAttribute("aria-label", name);
  pin.bindPopup(linksTo(together), { maxWidth: 230, maxHeight: 220 });
  pin.on("popupopen", (event) => event.popup.getElement().querySelector("a[href]").focus());
  pin.on("popupclose", () => pin.getElement().focus());
}

function linksTo(together) {
  const links = document.createElement("div");
  for (const listing of together) {
    const link = document.createElement("a");
    link.href = listing.url;
    link.textContent = listing.name;
    const line = document.createElement("p");
    line.append(link);
    links.append(line);
  }
  return links;
}

// Everything a drag or a pinch does, a plain button does too.
function addMoves(map, box, showAll) {
  const moves = document.createElement("div");
  moves.className = "cd-map__moves";
  moves.setAttribute("role", "group");
  moves.setAttribute("aria-label", "Move the map");
  const step = (x, y) => () => map.panBy([x * box.clientWidth / 3, y * box.clientHeight / 3]);
  const buttons = {
    "Zoom in": () => map.zoomIn(),
    "Zoom out": () => map.zoomOut(),
    Left: step(-1, 0),
    Right: step(1, 0),
    Up: step(0, -1),
    Down: step(0, 1),
    "Show all": showAll,
  };
  for (const [name, move] of Object.entries(buttons)) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = name;
    button.addEventListener("click", move);
    moves.append(button);
  }
  box.after(moves);
}
