import type { Camera } from './view/camera';
import type { Colours } from './colours';
import { LabelPainter, type LabelTone } from './labels/draw-labels';
import {
  drawHalos,
  drawHole,
  drawIsolines,
  drawPoint,
  drawRing,
  drawStars,
  drawTies,
  type Pen,
} from './points/draw-marks';
import { hollowPx, litRadii, PointLayer, pointRadius, type PointLook } from './points/draw-points';
import { TopicPainter } from './labels/draw-topic-labels';
import { seenSize, type Size } from './view/frame';
import type { Isolines } from './points/isolines';
import { widestLabelPx, widestTopicPx } from './labels/label-text';
import type { LitRows } from './points/highlighted-rows';
import { MapLabels } from './labels/map-labels';
import type { PositionMotion } from './motion';
import { lowerRight, type Rect } from './rect';
import type { MapScene, SceneTopics } from './scene';
import { pointTones, toneAt, type PointTones } from './points/topic-colours';
import { TopicLabels } from './labels/topic-labels';

/** What one frame shows beside the scene itself. */
export interface FrameState {
  /** The paper that the pointer, the keyboard or the list is at; −1 for none. */
  at: number;
  /** The hover card, px. */
  card: Rect | null;
  /** The lower right corner of what is seen, under controls. */
  corner: Size | null;
  isolines: Isolines | null;
  /** 0…1: isolines come in softly. */
  isolineAlpha: number;
  nowMs: number;
  fadeMs: number;
}

/** Paints a whole frame, back to front. */
export class Painter {
  readonly labels: MapLabels;
  readonly #points = new PointLayer();
  readonly #labelPainter = new LabelPainter();
  readonly #topicPainter = new TopicPainter();
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  #colours: Colours | null = null;
  #topics: SceneTopics | null = null;
  #tones: PointTones | null = null;
  #lit: LitRows | null = null;
  #ratio = 1;
  #widthPx = 800;

  constructor(canvas: HTMLCanvasElement, onChange: () => void) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    this.labels = new MapLabels(this.#labelPainter, new TopicLabels(this.#topicPainter), onChange);
  }

  resize(size: Size, ratio: number): void {
    this.#ratio = ratio;
    this.#canvas.width = Math.max(1, Math.round(size.widthPx * ratio));
    this.#canvas.height = Math.max(1, Math.round(size.heightPx * ratio));
    this.#points.resize(size, ratio);
    this.#widthPx = size.widthPx;
    if (this.#colours !== null) this.#restyle(this.#colours);
  }

  recolour(colours: Colours): void {
    this.#colours = colours;
    this.#tones = pointTones(colours, this.#topics);
    this.#points.recolour(colours);
    this.#restyle(colours);
  }

  #restyle(colours: Colours): void {
    this.#labelPainter.restyle(colours, this.#ratio, widestLabelPx(this.#widthPx));
    this.#topicPainter.restyle(colours, this.#ratio, widestTopicPx(this.#widthPx));
  }

  retitle(titles: readonly string[]): void {
    this.#labelPainter.retitle(titles);
  }

  retopic(topics: SceneTopics | null): void {
    this.#topics = topics;
    if (this.#colours !== null) this.#tones = pointTones(this.#colours, topics);
    this.labels.retopic(topics);
  }

  /** Null when there is no search. */
  light(lit: LitRows | null): void {
    this.#lit = lit;
    this.labels.light(lit);
  }

  /** True while something still comes in, so that another frame is due. */
  paint(scene: MapScene, camera: Camera, motion: PositionMotion, state: FrameState): boolean {
    const context = this.#context;
    const colours = this.#colours;
    const tones = this.#tones;
    if (context === null || colours === null || tones === null) return false;
    const positions = motion.shown;
    const radiusPx = pointRadius(positions.length / 2, camera.scale);
    const projection = camera.projection;
    const pen: Pen = { context, positions, projection, colours, radiusPx };
    const useCssPx = () => context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    const useDevicePx = () => context.setTransform(1, 0, 0, 1, 0, 0);
    useDevicePx();
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    useCssPx();
    const isolineAlpha = state.isolineAlpha * nearness(camera.scale);
    if (state.isolines !== null && isolineAlpha > 0) drawIsolines(pen, state.isolines, isolineAlpha);
    drawHalos(pen, scene.fresh, this.#lit);
    if (scene.selected >= 0) drawTies(pen, scene.selected, scene.neighbours);
    const lit = this.#lit;
    const litRadiiPx = lit === null ? [] : litRadii(lit, positions.length / 2, camera.scale);
    const look = {
      radiusPx,
      tones,
      lit,
      litRadiiPx,
      arrivals: motion.arrivals,
      grown: motion.eased,
      hollow: scene.read,
    };
    if (positions.length / 2 <= fewPoints) drawEach(pen, look);
    else {
      useDevicePx();
      this.#points.draw(context, positions, projection, look, this.#ratio);
      useCssPx();
    }
    drawStars(pen, scene.starred);
    emphasise(pen, scene, look, state.at);
    useDevicePx();
    const seen = seenSize(camera.size, camera.insets);
    return this.labels.draw(context, {
      positions,
      projection,
      seen,
      foremost: foremostOf(scene),
      silent: state.card === null ? -1 : state.at,
      covered: state.card,
      corner: state.corner && lowerRight(seen, state.corner),
      // Squinting, one is to see the names of topics first.
      tone: scene.selected >= 0 || (scene.topics !== null && lit === null) ? 'quiet' : 'plain',
      isMoving: motion.progress < 1,
      nowMs: state.nowMs,
      fadeMs: state.fadeMs,
    });
  }
}

function emphasise(pen: Pen, scene: MapScene, { lit, litRadiiPx, hollow }: PointLook, at: number): void {
  const { ink, accent } = pen.colours;
  // What is large by its relevance is not to shrink by being looked at.
  const extraPx = (index: number, leastPx: number) =>
    Math.max(leastPx, (litRadiiPx[lit?.stepOf(index) ?? -1] ?? 0) - pen.radiusPx);
  const draw = (index: number, leastPx: number) => {
    const grownPx = extraPx(index, leastPx);
    drawPoint(pen, index, ink, grownPx);
    if (hollow.has(index)) drawHole(pen, index, hollowPx(pen.radiusPx + grownPx));
  };
  if (scene.selected >= 0) for (const index of scene.neighbours) draw(index, 0.6);
  if (at >= 0 && at !== scene.selected) {
    draw(at, 0.8);
    drawRing(pen, at, ink, 4.5, 1.25);
  }
  if (scene.selected >= 0) {
    drawPoint(pen, scene.selected, accent, extraPx(scene.selected, 1));
    drawRing(pen, scene.selected, accent, 5, 1.75);
  }
}

/** Up to here arcs are faster than touching every pixel of a sharp screen. */
const fewPoints = 400;

function drawEach(pen: Pen, look: PointLook): void {
  const { lit, tones } = look;
  const n = pen.positions.length / 2;
  const shrunk = (i: number) => (look.arrivals.has(i) ? pen.radiusPx * (1 - look.grown) : 0);
  const draw = (i: number, colour: string, extraPx: number) => {
    drawPoint(pen, i, colour, extraPx);
    if (look.hollow.has(i)) drawHole(pen, i, hollowPx(pen.radiusPx + extraPx));
  };
  for (let i = 0; i < n; i++) {
    if (lit !== null && lit.stepOf(i) >= 0) continue;
    draw(i, (lit === null ? tones.plain[toneAt(tones.topicOf, i)] : undefined) ?? tones.dim, -shrunk(i));
  }
  lit?.rows.forEach((row, i) => {
    const step = lit.steps[i] ?? 0;
    const extraPx = (look.litRadiiPx[step] ?? pen.radiusPx) - pen.radiusPx;
    draw(row, tones.lit[step]?.[toneAt(tones.topicOf, row)] ?? tones.dim, extraPx - shrunk(row));
  });
}

/** Isolines tell of the whole: close up they are only lines, and show their corners. */
function nearness(scale: number): number {
  return Math.max(0, Math.min(1, (14 - scale) / 8));
}

function foremostOf(scene: MapScene): { index: number; tone: LabelTone }[] {
  if (scene.selected < 0) return [];
  return [
    { index: scene.selected, tone: 'strong' },
    ...scene.neighbours.map((index) => ({ index, tone: 'plain' as const })),
  ];
}
