-- The one door. Nothing else writes a decision, and no caller says who decides: the session does.

-- The text that the signature covers, the same as decisionText() of workflows/domain/decision-text.ts.
create function decision_text(p_id uuid, p_review uuid, p_digest text, p_decision text, p_person uuid, p_at text, p_key text)
returns text
language sql immutable as $$
  select 'countersign decision v1' || E'\n' || 'decision: ' || p_id || E'\n' || 'review: ' || p_review || E'\n'
      || 'subject: ' || p_digest || E'\n' || 'verdict: ' || p_decision || E'\n' || 'person: ' || p_person || E'\n'
      || 'at: ' || p_at || E'\n' || 'key: ' || p_key || E'\n'
$$;

-- Whose words may stand in the version under review: everybody who saved one since what was last published. A redraft
-- keeps what people wrote, so it does not make them strangers to it. Where the track says so, also whoever started the
-- run, in person or by an API key of theirs.
create function authors_of(p_run uuid, p_version int) returns setof uuid
language sql stable as $$
  select distinct d.author_id from draft d
   where d.run_id = p_run and d.author_id is not null and d.version <= p_version
     and d.version > coalesce((select max(s.draft_version) from publication p join subject s on s.digest = p.subject_digest
                                where p.run_id = p_run and p.state = 'published' and s.draft_version < p_version), 0)
  union
  select coalesce(r.created_by, k.reference_id::uuid) from run r
    join track_rule t on t.track = r.track and t.starter_is_author
    left join apikey k on k.id = r.created_by_key
   where r.id = p_run and coalesce(r.created_by, k.reference_id::uuid) is not null
$$;

-- True where nobody but the approver wrote into this version or met one of its requirements.
create function nobody_else_acted(p_run uuid, p_version int, p_digest text, p_person uuid) returns boolean
language sql stable as $$
  select not exists (select from authors_of(p_run, p_version) a where a <> p_person)
     and not exists (select from fulfilment f join requirement q on q.key = f.key and q.value_digest = f.value_digest
                      where f.run_id = p_run and q.subject_digest = p_digest and f.person <> p_person)
$$;

create function decision_answer(p_decision decision) returns jsonb
language sql stable as $$
  select done(jsonb_build_object('id', (p_decision).id, 'decision', (p_decision).decision,
    'decidedAt', (p_decision).decided_at, 'singlePerson', (p_decision).single_person,
    'outcome', (p_decision).outcome, 'signature', (p_decision).signature, 'keyId', (p_decision).key_id,
    'graceUntil', time_text((p_decision).grace_until), 'runId', (p_decision).run_id))
$$;

create function decide(p_token text, p_decision_id uuid, p_review uuid, p_digest text, p_decision text, p_reason text,
                       p_decided_at text, p_signature text, p_key_id text, p_served jsonb, p_kept_share text, p_outcome text,
                       p_about jsonb default null, p_drafter text default null)
returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_review review;
  v_lock record;
  v_refusal jsonb;
  v_before decision;
  v_decision decision;
  v_served served;
  v_reason text := case when not no_words(p_reason) then p_reason end;
  v_about jsonb := nullif(p_about, 'null');
begin
  if p_decision is null or p_decision not in ('approve', 'request-changes', 'reject') then
    return refuse('invalid_request');
  end if;
  -- Only a wish for changes can be about some parts: a decision is always on all of it.
  if v_about is not null and (p_decision <> 'request-changes' or jsonb_typeof(v_about) <> 'array'
     or jsonb_array_length(v_about) not between 1 and 400) then return refuse('invalid_request'); end if;
  if p_drafter is not null and (p_decision <> 'request-changes' or not is_drafter(p_drafter)) then
    return refuse('invalid_request');
  end if;
  -- 1. Who.
  select * into v_actor from find_person(p_token, 'approver');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  -- 2. Is it still open? First decision wins; the same person's repetition gets the same answer.
  select l.review, l.refusal into v_lock from lock_open_review(p_review) l;
  v_review := v_lock.review;
  v_refusal := v_lock.refusal;
  if v_review.id is null then return v_refusal; end if;
  select * into v_before from decision where review_id = p_review and undone_at is null;
  if found then
    if v_before.person = v_actor.person and v_before.decision = p_decision and v_before.subject_digest = p_digest then
      return decision_answer(v_before);
    end if;
    return refuse('already_decided', jsonb_build_object('by', v_before.person, 'name', person_name(v_before.person),
      'at', v_before.decided_at, 'decision', v_before.decision));
  end if;
  if v_refusal is not null then return v_refusal; end if;
  -- 3. On exactly these bytes?
  if v_review.subject_digest is distinct from p_digest then
    return refuse('stale_subject', jsonb_build_object('subjectDigest', v_review.subject_digest));
  end if;
  if p_decision <> 'approve' and v_reason is null then return refuse('reason_required'); end if;
  if p_decision = 'approve' then
    -- 4. Four eyes, where the policy asks for them.
    if coalesce((v_review.policy ->> 'secondPerson')::boolean, true)
       and v_actor.person in (select authors_of(v_review.run_id, v_review.draft_version)) then
      return refuse('author_cannot_approve');
    end if;
    -- 5. Everything confirmed and shown.
    if exists (select from missing_requirements(v_review.run_id, p_digest)) then
      return refuse('requirements_missing', jsonb_build_object('keys', missing_list(v_review.run_id, p_digest)));
    end if;
    if coalesce(p_outcome not in ('as-drafted', 'with-edits'), true) then return refuse('invalid_request'); end if;
  end if;
  -- 6. Signed now, by a key that is known.
  if coalesce(p_decided_at !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$', true)
     or coalesce(p_signature !~ '^[A-Za-z0-9_-]{86}$', true) or p_decision_id is null
     or exists (select from decision where id = p_decision_id) then return refuse('invalid_request'); end if;
  if abs(extract(epoch from clock_timestamp() - p_decided_at::timestamptz)) > 30 then return refuse('clock_skew'); end if;
  perform 1 from signing_key where key_id = p_key_id and retired_at is null;
  if not found then return refuse('invalid_request', '{"what": "key"}'); end if;

  select * into v_served from served
   where review_id = p_review and person = v_actor.person and subject_digest = p_digest;
  insert into decision (id, review_id, run_id, subject_digest, decision, reason, person, role, decided_at, single_person,
                        outcome, kept_share, signed_text, signature, key_id, served, grace_until)
  values (p_decision_id, p_review, v_review.run_id, p_digest, p_decision, v_reason, v_actor.person, v_actor.role, p_decided_at,
          nobody_else_acted(v_review.run_id, v_review.draft_version, p_digest, v_actor.person),
          case when p_decision = 'approve' then p_outcome end, case when p_decision = 'approve' then p_kept_share end,
          decision_text(p_decision_id, p_review, p_digest, p_decision, v_actor.person, p_decided_at, p_key_id),
          p_signature, p_key_id,
          coalesce(nullif(p_served, 'null'), '{}') || case when v_served.review_id is null then '{}'
            else jsonb_build_object('firstAt', time_text(v_served.first_at), 'lastAt', time_text(v_served.last_at)) end,
          clock_timestamp() + make_interval(secs => case when p_decision = 'approve'
            then coalesce((v_review.policy ->> 'graceSeconds')::int, 0) else 0 end))
  returning * into v_decision;
  perform close_review(v_review, p_decision, v_reason);
  if p_decision = 'request-changes' then
    update run set feedback_about = v_about, drafter = coalesce(p_drafter, drafter) where id = v_review.run_id;
  end if;
  perform append_event('run:' || v_review.run_id, 'person:' || v_actor.person, 'decided',
    jsonb_build_object('decisionId', p_decision_id, 'reviewId', p_review, 'subjectDigest', p_digest, 'decision', p_decision,
                       'outcome', v_decision.outcome, 'singlePerson', v_decision.single_person)
      || case when p_drafter is null then '{}'::jsonb else jsonb_build_object('drafter', p_drafter) end);
  perform ask_look(v_review.run_id);
  return decision_answer(v_decision);
end
$$;

create function close_review(p_review review, p_decision text, p_reason text) returns void
language plpgsql as $$
begin
  update review set closed_at = clock_timestamp(), claimed_by = null, claim_expires_at = null,
         state = case p_decision when 'approve' then 'approved' when 'reject' then 'rejected' else 'changes-requested' end
   where id = p_review.id;
  perform move_run(p_review.run_id,
    case p_decision when 'approve' then 'approved' when 'reject' then 'rejected' else 'drafting' end);
  if p_decision = 'request-changes' then
    update run set round = p_review.round + 1, feedback = p_reason, trouble = null where id = p_review.run_id;
  end if;
end
$$;

-- Only an approval, only within its grace, only before its delivery is reserved. The clock is read under the lock.
create function undo_decision(p_token text, p_review uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_review review;
  v_lock record;
  v_refusal jsonb;
  v_decision decision;
  v_run run;
begin
  select * into v_actor from find_person(p_token, 'approver');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select l.review, l.refusal into v_lock from lock_open_review(p_review) l;
  v_review := v_lock.review;
  v_refusal := v_lock.refusal;
  if v_review.id is null then return v_refusal; end if;
  select * into v_decision from decision where review_id = p_review and undone_at is null;
  if not found then return refuse('wrong_state', jsonb_build_object('state', v_review.state)); end if;
  select * into v_run from run where id = v_review.run_id;
  if v_decision.decision <> 'approve' or v_run.state <> 'approved' or v_review.state <> 'approved'
     or clock_timestamp() >= v_decision.grace_until then return refuse('too_late'); end if;
  update decision set undone_at = clock_timestamp() where id = v_decision.id;
  update review set state = 'open', closed_at = null where id = p_review;
  perform move_run(v_run.id, 'in-review');
  perform append_event('run:' || v_run.id, 'person:' || v_actor.person, 'decision-undone',
    jsonb_build_object('decisionId', v_decision.id, 'reviewId', p_review));
  perform ask_look(v_run.id);
  return done();
end
$$;
