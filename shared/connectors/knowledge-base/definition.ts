import * as z from 'zod';
import { defineSourceConnector } from '../../authoring/index.ts';

/** Longer questions are cut here before they are looked up. */
export const LONGEST_QUESTION = 20_000;

/** One article that speaks of the question, whole, in the words that a customer may read. */
const FoundArticle = z.strictObject({
  /** What an answer cites. */
  id: z.string(),
  title: z.string(),
  text: z.string(),
  /** BM25; 0 would be no word in common. Comparable between questions only roughly. */
  score: z.number().min(0),
});

/** The articles in the workflow's folder `knowledge` that speak most of a question, best first. */
export const knowledgeBase = defineSourceConnector({
  id: 'knowledge-base.search',
  arguments: z.strictObject({
    question: z.string().max(LONGEST_QUESTION),
    atMost: z.int().min(1).max(10),
  }),
  data: z.object({
    articles: z.array(FoundArticle),
    /** Score of the best; 0 where nothing was found. */
    bestScore: z.number().min(0),
    /** By how much it leads: its score less that of the second. */
    lead: z.number().min(0),
  }),
  timeoutMs: 2_000,
  attempts: 3,
});
