create function policy_of(p_track text) returns jsonb
language sql stable as $$
  select coalesce((select value from setting where key = 'policy:' || p_track),
                  (select default_policy from track_rule where track = p_track))
$$;

-- A policy as it is frozen into a review: whether a second person is asked for is settled now.
create function frozen_policy(p_track text) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'secondPerson', case policy_of(p_track) ->> 'secondPerson'
      when 'never' then false
      when 'where-there-is-one' then
        (select count(*) >= 2 from member where active and role_rank(role) >= role_rank('approver'))
      else true end,
    'graceSeconds', coalesce((policy_of(p_track) ->> 'graceSeconds')::int, 0))
$$;

create function open_review(p_run uuid, p_round int, p_review uuid, p_due timestamptz, p_remind timestamptz) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_run run;
  v_review review;
  v_draft draft;
  v_subject subject;
begin
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  select * into v_review from review where run_id = p_run and round = p_round;
  if found then
    return done(jsonb_build_object('reviewId', v_review.id, 'opened', false));
  end if;
  v_draft := current_draft(p_run);
  v_subject := newest_subject(p_run, v_draft.version);
  -- A new round of drafting needs a version of its own; a run sent back because of its address needs only a new subject.
  if v_run.round is distinct from p_round or v_subject.digest is null
     or not (v_run.state = 'in-review' or (v_run.state = 'drafting' and v_draft.round = p_round)) then
    return refuse('wrong_state', jsonb_build_object('state', v_run.state, 'round', v_run.round));
  end if;
  if not addresses_hold(v_subject.manifest) then return refuse('stale_subject'); end if;
  insert into review (id, run_id, round, state, policy, subject_digest, draft_version, opened_at, due_at, remind_at)
  values (p_review, p_run, p_round, 'open', frozen_policy(v_run.track), v_subject.digest, v_draft.version,
          clock_timestamp(), p_due, p_remind);
  perform move_run(p_run, 'in-review');
  update run set trouble = null where id = p_run;
  perform append_event('run:' || p_run, 'worker', 'review-opened',
    jsonb_build_object('reviewId', p_review, 'round', p_round, 'version', v_draft.version,
                       'subjectDigest', v_subject.digest, 'policy', frozen_policy(v_run.track)));
  perform tell(p_run);
  return done(jsonb_build_object('reviewId', p_review, 'opened', true));
end
$$;

-- Locks run, then review, in the order that everything does; answers the review where it is open.
create function lock_open_review(p_review uuid, out review review, out refusal jsonb)
language plpgsql as $$
begin
  perform 1 from run where id = (select r.run_id from review r where r.id = p_review) for no key update;
  if not found then
    refusal := refuse('not_found');
    return;
  end if;
  select * into review from review r where r.id = p_review for no key update;
  if review.state <> 'open' then
    refusal := refuse('wrong_state', jsonb_build_object('state', review.state));
  end if;
end
$$;

create function claim_review(p_token text, p_review uuid, p_minutes int) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_review review;
  v_lock record;
  v_refusal jsonb;
  v_until timestamptz := clock_timestamp() + make_interval(mins => least(greatest(coalesce(p_minutes, 15), 1), 240));
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select l.review, l.refusal into v_lock from lock_open_review(p_review) l;
  v_review := v_lock.review;
  v_refusal := v_lock.refusal;
  if v_refusal is not null then return v_refusal; end if;
  if v_review.claimed_by <> v_actor.person and v_review.claim_expires_at > clock_timestamp() then
    return refuse('already_claimed', jsonb_build_object('by', v_review.claimed_by,
      'name', person_name(v_review.claimed_by), 'until', time_text(v_review.claim_expires_at)));
  end if;
  update review set claimed_by = v_actor.person, claim_expires_at = v_until where id = p_review;
  -- Holding on to a claim is not news.
  if v_review.claimed_by is distinct from v_actor.person or v_review.claim_expires_at < clock_timestamp() then
    perform append_event('run:' || v_review.run_id, 'person:' || v_actor.person, 'review-claimed',
      jsonb_build_object('reviewId', p_review));
  end if;
  perform tell(v_review.run_id);
  return done(jsonb_build_object('claimExpiresAt', time_text(v_until),
    'claimedBy', jsonb_build_object('id', v_actor.person, 'name', person_name(v_actor.person))));
end
$$;

-- One's own claim; an approver may end another's.
create function unclaim_review(p_token text, p_review uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_review review;
  v_lock record;
  v_refusal jsonb;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select l.review, l.refusal into v_lock from lock_open_review(p_review) l;
  v_review := v_lock.review;
  v_refusal := v_lock.refusal;
  if v_refusal is not null then return v_refusal; end if;
  if v_review.claimed_by is null then return done(); end if;
  if v_review.claimed_by <> v_actor.person and role_rank(v_actor.role) < role_rank('approver') then
    return refuse('not_permitted', '{"needed": "approver"}');
  end if;
  update review set claimed_by = null, claim_expires_at = null where id = p_review;
  perform append_event('run:' || v_review.run_id, 'person:' || v_actor.person, 'review-unclaimed',
    jsonb_build_object('reviewId', p_review));
  perform tell(v_review.run_id);
  return done();
end
$$;

-- An approver assigns anybody who works here; others only themselves, and only what nobody else has.
create function assign_review(p_token text, p_review uuid, p_person uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_review review;
  v_lock record;
  v_refusal jsonb;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select l.review, l.refusal into v_lock from lock_open_review(p_review) l;
  v_review := v_lock.review;
  v_refusal := v_lock.refusal;
  if v_refusal is not null then return v_refusal; end if;
  if role_rank(v_actor.role) < role_rank('approver')
     and not (coalesce(v_review.assignee, v_actor.person) = v_actor.person
              and coalesce(p_person, v_actor.person) = v_actor.person) then
    return refuse('not_permitted', '{"needed": "approver"}');
  end if;
  if p_person is not null and not exists (
    select from member where user_id = p_person and active and role_rank(role) >= role_rank('operator')) then
    return refuse('not_found', '{"what": "person"}');
  end if;
  if v_review.assignee is not distinct from p_person then return done(); end if;
  update review set assignee = p_person where id = p_review;
  perform append_event('run:' || v_review.run_id, 'person:' || v_actor.person, 'review-assigned',
    jsonb_build_object('reviewId', p_review, 'person', p_person));
  perform tell(v_review.run_id);
  return done();
end
$$;

-- Evidence that a page was served. Never a decision, and no event.
create function mark_served(p_token text, p_review uuid, p_digest text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
begin
  select * into v_actor from find_person(p_token, 'viewer');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if not exists (select from review r join subject s on s.run_id = r.run_id where r.id = p_review and s.digest = p_digest) then
    return refuse('not_found');
  end if;
  insert into served as s (review_id, person, subject_digest, first_at, last_at)
  values (p_review, v_actor.person, p_digest, clock_timestamp(), clock_timestamp())
  on conflict (review_id, person, subject_digest) do update set last_at = clock_timestamp();
  return done();
end
$$;
