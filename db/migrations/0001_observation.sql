CREATE TABLE "observation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_through_id" uuid NOT NULL,
	"step" text NOT NULL,
	"result" text NOT NULL,
	"draft_version" integer NOT NULL,
	"came_up" text DEFAULT '' NOT NULL,
	"note" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "observation_once" UNIQUE("run_through_id","step","result")
);
--> statement-breakpoint
ALTER TABLE "observation" ADD CONSTRAINT "observation_run_through_id_run_through_id_fk" FOREIGN KEY ("run_through_id") REFERENCES "public"."run_through"("id") ON DELETE no action ON UPDATE no action;