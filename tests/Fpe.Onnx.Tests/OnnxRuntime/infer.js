// Computes an ONNX file in ONNX Runtime.
//
//   node infer.js MODEL SAMPLES OUTPUTS BATCH...
//
// SAMPLES are 32-bit numbers, sample by sample; OUTPUTS receives those of the first BATCH samples, one BATCH after another.
'use strict';

const fs = require('fs');
const { InferenceSession, Tensor } = require('onnxruntime-node');

async function main([model, samplesFile, outputsFile, ...batches]) {
  const session = await InferenceSession.create(model, { graphOptimizationLevel: 'all', intraOpNumThreads: 1 });
  const [input] = session.inputMetadata;
  const sizes = input.shape.slice(1);
  const width = sizes.reduce((product, size) => product * size, 1);
  const bytes = fs.readFileSync(samplesFile);
  const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);

  const outputs = [];
  for (const batch of batches.map(Number)) {
    const feed = new Tensor('float32', samples.slice(0, batch * width), [batch, ...sizes]);
    const { output } = await session.run({ [input.name]: feed });
    outputs.push(Buffer.from(output.data.buffer, output.data.byteOffset, output.data.byteLength));
  }
  fs.writeFileSync(outputsFile, Buffer.concat(outputs));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
