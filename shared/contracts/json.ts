import * as z from 'zod';

/** Any JSON value, as it comes from outside. */
export const Json: z.ZodType<Json> = z.json();
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export const JsonObject: z.ZodType<JsonObject> = z.record(z.string(), Json);
export type JsonObject = { [key: string]: Json };
