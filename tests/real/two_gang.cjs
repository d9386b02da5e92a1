"use strict";
// Preloaded into the lab's Node: one more device, `gang`, a dimmer with two lamps. The lab calls those gang_l1 and gang_l2;
// power goes and comes to both at once, by the name of the first.

const {createRequire} = require("node:module");

const LIGHT = [0, 3, 4, 5, 6, 8];
const OUTPUT = [257, LIGHT, [25]];
const lamp = {
    lamp: {level: 254},
    mains: true,
    nwk: 0x10ff,
    configured: {"genOnOff.onOff": 0, "genLevelCtrl.currentLevel": 10}, // as Zigbee2MQTT sets it up for this model
};
const device = {
    ...lamp,
    name: "gang",
    ieee: "0x00158d00000000fe",
    modelId: "AGGE Zigbee 2 gang smart push dimmer",
    manufacturer: "Handshake Finland",
    code: 4098,
    ep: {1: OUTPUT, 2: OUTPUT},
};

/** Two nodes of the radio for the two lamps: the second is where the frames for endpoint 2 go. */
function divided(radio) {
    const first = radio.node({ieee: device.ieee});
    const report = (node, key, value) => radio.report(node, key, value);
    const second = new first.constructor({...lamp, name: "gang_l2", ieee: "0x00158d00000000ff", ep: {2: OUTPUT}}, report);
    first.name = "gang_l1";
    radio.nodes.push(second);

    const {sendZclFrameToEndpoint, offline} = radio;
    radio.sendZclFrameToEndpoint = (ieee, nwk, endpoint, ...rest) =>
        sendZclFrameToEndpoint.call(radio, ieee === first.ieee && endpoint === 2 ? second.ieee : ieee, nwk, endpoint, ...rest);
    radio.offline = (message) => {
        if (message.device === first.name) {
            const back = message.offline === false;
            second.silent = back ? null : (message.how ?? "timeout");
            if (back) radio.manual({...message, device: second.name, report: false});
        }
        offline.call(radio, message);
    };
    return radio;
}

require(process.env.LAB_DEVICES).devices.push(device);
if (process.env.LAB_PORT) {
    setImmediate(() => {
        const {Adapter} = createRequire(process.argv[1])("zigbee-herdsman/dist/adapter");
        const create = Adapter.create;
        Adapter.create = async (...options) => divided(await create(...options));
    });
}
