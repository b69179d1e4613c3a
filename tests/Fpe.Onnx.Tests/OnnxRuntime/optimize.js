// Writes an ONNX file as ONNX Runtime computes it, with nodes joined.
//
//   node optimize.js MODEL OPTIMIZED
'use strict';

const { InferenceSession } = require('onnxruntime-node');

async function main([model, optimized]) {
  await InferenceSession.create(model, { graphOptimizationLevel: 'extended', optimizedModelFilePath: optimized });
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
