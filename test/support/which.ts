/** False under `npm test`, in `.ci/run` too: what takes long is done a few times, or for a part. */
export const isFull = !process.env.CURRICULUM_LOGS_TESTS;
