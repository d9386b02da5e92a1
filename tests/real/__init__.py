"""The real daemon, the real Zigbee2MQTT, a simulated radio under it. See README.md."""
