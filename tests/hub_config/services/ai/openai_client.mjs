// The official npm client against a gateway: node openai_client.mjs BASE_URL TOKEN; prints what it got as JSON.
import OpenAI, { NotFoundError, toFile } from "openai";

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const messages = [{ role: "user", content: "Thời tiết Nà Pồng thế nào?" }];
const got = {};

const whole = await client.chat.completions.create({ model: "auto", messages });
got.chat = [whole.choices[0].message.content, whole.hocai];

const labels = new Set();
got.stream = "";
for await (const chunk of await client.chat.completions.create({ model: "auto", messages, stream: true })) {
  got.stream += chunk.choices[0]?.delta?.content ?? "";
  labels.add(chunk.hocai.label);
}
got.labels = [...labels];

const parameters = { type: "object", properties: { xom: { type: "string" } }, required: ["xom"], additionalProperties: false };
const tools = [{ type: "function", function: { name: "weather", parameters } }];
const called = await client.chat.completions.create({ model: "auto", messages, tools, tool_choice: "required" });
got.tool = called.choices[0].message.tool_calls?.[0].function ?? null;

const format = { type: "json_schema", json_schema: { name: "place", strict: true, schema: parameters } };
const filled = await client.chat.completions.create({ model: "auto", messages: [{ role: "user", content: "xom: Nà Pồng" }], response_format: format });
got.filled = filled.choices[0].message.content;

const vectors = await client.embeddings.create({ model: "auto", input: ["một", "hai"] });
got.vectors = vectors.data.map((one) => one.embedding.length);

const pictures = await client.images.generate({ model: "auto", prompt: "Tranh đồi chè buổi sáng", size: "512x512" });
got.picture = pictures.data[0].b64_json.slice(0, 11);

const speech = await client.audio.speech.create({ model: "auto", voice: "alloy", input: "Xin chào bà con.", response_format: "wav" });
const sound = Buffer.from(await speech.arrayBuffer());
got.speech = [sound.length > 100, speech.headers.get("x-hocai-practice")];

const told = await client.audio.transcriptions.create({ model: "auto", file: await toFile(sound, "chao.wav") });
got.transcription = told.text;

got.models = [];
for await (const model of client.models.list()) got.models.push(model.id);
got.model = (await client.models.retrieve(got.models[0])).id;

try {
  await client.chat.completions.create({ model: "gpt-4o", messages });
} catch (error) {
  got.refused = [error instanceof NotFoundError, error.code, error.param];
}
console.log(JSON.stringify(got));
