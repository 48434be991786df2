export { type DeadJob, listDead, pageOfDead, retryDead } from "./dead-letters.server";
export { type Attempt, defineJob, type JobDefinition } from "./define-job";
export { cancel, type EnqueueOptions, enqueue, enqueueing } from "./enqueue.server";
export { LANES, type Lane, laneOf } from "./lanes";
export { migrateJobs } from "./migrate-jobs.server";
export { startWorkers, type WorkerOptions, type Workers } from "./start-workers.server";
export { wakeWorkersSoon } from "./wake-workers.server";
