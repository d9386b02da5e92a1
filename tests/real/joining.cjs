"use strict";
// Preloaded into the lab's Node: a device that was removed joins again when lab/radio/join says {"device": NAME}.

const {createRequire} = require("node:module");

function joinable(radio) {
    const start = radio.start.bind(radio);
    radio.start = async () => {
        const started = await start();
        radio.control.on("message", (topic, text) => {
            if (topic !== "lab/radio/join") return;
            const {nwk, ieee} = radio.node(JSON.parse(text.toString()));
            radio.emit("deviceJoined", {networkAddress: nwk, ieeeAddr: ieee});
        });
        return started;
    };
    return radio;
}

if (process.env.LAB_PORT) {
    setImmediate(() => {
        const {Adapter} = createRequire(process.argv[1])("zigbee-herdsman/dist/adapter");
        const create = Adapter.create;
        Adapter.create = async (...options) => joinable(await create(...options));
    });
}
