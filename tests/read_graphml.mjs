// What graphology makes of a GraphML file: nodes, edges and the attributes of one node, as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, file, node] = process.argv.slice(2);
const require = createRequire(modules);
const Graph = require("graphology");
const { parse } = require("graphology-graphml");

const graph = parse(Graph, readFileSync(file, "utf8"));
console.log(
  JSON.stringify({
    order: graph.order,
    size: graph.size,
    ids: new Set(graph.edges()).size,
    attributes: graph.getNodeAttributes(node),
  }),
);
