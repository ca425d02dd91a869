using Workerd = import "/workerd/workerd.capnp";

# The oldest date with the usual behaviour of modules that Workers may still have, and one of today. No flags.
const old :Workerd.Config = (services = [(name = "main", worker = .oldWorker), .internet], sockets = [.http]);
const new :Workerd.Config = (services = [(name = "main", worker = .newWorker), .internet], sockets = [.http]);
const slim :Workerd.Config = (services = [(name = "main", worker = .slimWorker), .internet], sockets = [.http]);

const oldWorker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "out/worker.js"), .client, .emulator],
  compatibilityDate = "2023-05-18",
);
const newWorker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "out/worker.js"), .client, .emulator],
  compatibilityDate = "2026-11-01",
);
const slimWorker :Workerd.Worker = (
  modules = [(name = "slim.js", esModule = embed "out/slim.js"), .client, .emulator],
  compatibilityDate = "2026-11-01",
);

const client :Workerd.Worker.Module =
  (name = "getstream_users_bg.wasm", wasm = embed "out/getstream_users_bg.wasm");
const emulator :Workerd.Worker.Module =
  (name = "getstream_users_emulator_bg.wasm", wasm = embed "out/getstream_users_emulator_bg.wasm");

const internet :Workerd.Service = (name = "internet", network = (allow = ["public", "private"]));
const http :Workerd.Socket = (name = "http", address = "127.0.0.1:0", http = (), service = "main");
