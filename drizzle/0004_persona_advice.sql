ALTER TABLE "kindred_state"."personas" ADD COLUMN "avoid" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "kindred_state"."personas" ADD COLUMN "neutral_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE "kindred_state"."personas" AS p SET "neutral_name" = 'List ' || (s."position" + 1) FROM "kindred_state"."segments" AS s WHERE s."model_id" = p."model_id" AND s."key" = p."segment_key";
