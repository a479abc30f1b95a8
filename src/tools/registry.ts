import { buildAudienceTool } from './build_audience.ts';
import { compareSegmentsTool } from './compare_segments.ts';
import { explainAudienceTool } from './explain_audience.ts';
import { findSegmentsTool } from './find_segments.ts';
import { liftTool } from './lift.ts';
import { listFeaturesTool } from './list_features.ts';
import { listSegmentsTool } from './list_segments.ts';
import { planBudgetTool } from './plan_budget.ts';
import { proposeFeatureTool } from './propose_feature.ts';
import { proposePersonaTool } from './propose_persona.ts';
import { proposePromotionTool } from './propose_promotion.ts';
import { proposeRecipeTool } from './propose_recipe.ts';
import { proposeSyncTool } from './propose_sync.ts';
import { proposeWeightsTool } from './propose_weights.ts';
import { reviewSensitiveTool } from './review_sensitive.ts';
import { shopOverviewTool } from './shop_overview.ts';
import { showChartTool } from './show_chart.ts';
import { showDriftTool } from './show_drift.ts';
import { showModelCardTool } from './show_model_card.ts';
import { showMovesTool } from './show_moves.ts';
import { showPredictionsTool } from './show_predictions.ts';
import { showSegmentTool } from './show_segment.ts';
import type { Tool } from './tool.ts';
import { whatIfTool } from './what_if.ts';

/** Every tool, in the order in which surfaces list them. */
export const tools: readonly Tool[] = [
  shopOverviewTool,
  listSegmentsTool,
  showSegmentTool,
  compareSegmentsTool,
  findSegmentsTool,
  showMovesTool,
  showDriftTool,
  showChartTool,
  buildAudienceTool,
  explainAudienceTool,
  showPredictionsTool,
  planBudgetTool,
  liftTool,
  listFeaturesTool,
  reviewSensitiveTool,
  showModelCardTool,
  whatIfTool,
  proposeWeightsTool,
  proposeRecipeTool,
  proposePromotionTool,
  proposePersonaTool,
  proposeFeatureTool,
  proposeSyncTool,
];
