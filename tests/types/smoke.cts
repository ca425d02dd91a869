import getstream = require("getstream-users");

const client: getstream.StreamClient = new getstream.StreamClient("key", "secret");
const token: string = client.createToken("ada");

export = token;
