import { buildAudienceTool } from './build_audience.ts';
import { compareSegmentsTool } from './compare_segments.ts';
import { explainAudienceTool } from './explain_audience.ts';
import { findSegmentsTool } from './find_segments.ts';
import { listFeaturesTool } from './list_features.ts';
import { listSegmentsTool } from './list_segments.ts';
import { planBudgetTool } from './plan_budget.ts';
import { reviewSensitiveTool } from './review_sensitive.ts';
import { shopOverviewTool } from './shop_overview.ts';
import { showDriftTool } from './show_drift.ts';
import { showModelCardTool } from './show_model_card.ts';
import { showMovesTool } from './show_moves.ts';
import { showPredictionsTool } from './show_predictions.ts';
import { showSegmentTool } from './show_segment.ts';
import type { Tool } from './tool.ts';

/** Every tool, in the order in which surfaces list them. */
export const tools: readonly Tool[] = [
  shopOverviewTool,
  listSegmentsTool,
  showSegmentTool,
  compareSegmentsTool,
  findSegmentsTool,
  showMovesTool,
  showDriftTool,
  buildAudienceTool,
  explainAudienceTool,
  showPredictionsTool,
  planBudgetTool,
  listFeaturesTool,
  reviewSensitiveTool,
  showModelCardTool,
];
