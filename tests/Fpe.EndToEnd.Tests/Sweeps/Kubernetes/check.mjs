// Checks a Job of Kubernetes against the schema of its version of the API: required fields, types, names of enumerations.
//
//   node check.mjs MANIFEST

import { readFileSync } from "node:fs";
import { Job } from "kubernetes-models/batch/v1/Job";
import { parse } from "yaml";

try {
    new Job(parse(readFileSync(process.argv[2], "utf8"))).validate();
} catch (error) {
    console.error(error.message);
    process.exitCode = 1;
}
