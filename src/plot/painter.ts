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
  drawNeighbourLines,
  type Pen,
} from './points/draw-marks';
import { hollowPx, highlightedRadii, PointLayer, pointRadius, type PointLook } from './points/draw-points';
import { TopicPainter } from './labels/draw-topic-labels';
import { visibleSize, type Size } from './view/frame';
import type { Isolines } from './points/isolines';
import { maxLabelPx, maxTopicPx } from './labels/label-text';
import type { HighlightedRows } from './points/highlighted-rows';
import { MapLabels } from './labels/map-labels';
import type { PositionMotion } from './motion';
import { lowerRight, type Rect } from './rect';
import type { MapScene, SceneTopics } from './scene';
import { pointTones, toneAt, type PointTones } from './points/topic-colours';
import { TopicLabels } from './labels/topic-labels';

/** What one frame shows besides the scene. */
export interface FrameState {
  /** The paper hovered by the pointer, the keyboard or the list; −1 for none. */
  hovered: number;
  /** The hover card, px. */
  card: Rect | null;
  /** The lower right corner of the visible part, which controls cover. */
  corner: Size | null;
  isolines: Isolines | null;
  /** 0…1: isolines fade in. */
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
  #highlighted: HighlightedRows | null = null;
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
    this.#labelPainter.restyle(colours, this.#ratio, maxLabelPx(this.#widthPx));
    this.#topicPainter.restyle(colours, this.#ratio, maxTopicPx(this.#widthPx));
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
  highlight(highlighted: HighlightedRows | null): void {
    this.#highlighted = highlighted;
    this.labels.highlight(highlighted);
  }

  /** True while something is fading in, so that another frame is due. */
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
    const isolineAlpha = state.isolineAlpha * isolineOpacity(camera.scale);
    if (state.isolines !== null && isolineAlpha > 0) drawIsolines(pen, state.isolines, isolineAlpha);
    drawHalos(pen, scene.fresh, this.#highlighted);
    if (scene.selected >= 0) drawNeighbourLines(pen, scene.selected, scene.neighbours);
    const highlighted = this.#highlighted;
    const highlightedRadiiPx =
      highlighted === null ? [] : highlightedRadii(highlighted, positions.length / 2, camera.scale);
    const look = {
      radiusPx,
      tones,
      highlighted,
      highlightedRadiiPx,
      arrivals: motion.arrivals,
      arrivalProgress: motion.eased,
      hollow: scene.read,
    };
    if (positions.length / 2 <= fewPoints) drawEach(pen, look);
    else {
      useDevicePx();
      this.#points.draw(context, positions, projection, look, this.#ratio);
      useCssPx();
    }
    drawStars(pen, scene.starred);
    emphasise(pen, scene, look, state.hovered);
    useDevicePx();
    const visible = visibleSize(camera.size, camera.insets);
    return this.labels.draw(context, {
      positions,
      projection,
      visible,
      priority: priorityOf(scene),
      unlabelled: state.card === null ? -1 : state.hovered,
      covered: state.card,
      corner: state.corner && lowerRight(visible, state.corner),
      // The names of topics should stand out first.
      tone: scene.selected >= 0 || (scene.topics !== null && highlighted === null) ? 'quiet' : 'plain',
      isMoving: motion.progress < 1,
      nowMs: state.nowMs,
      fadeMs: state.fadeMs,
    });
  }
}

function emphasise(
  pen: Pen,
  scene: MapScene,
  { highlighted, highlightedRadiiPx, hollow }: PointLook,
  hovered: number,
): void {
  const { ink, accent } = pen.colours;
  // A point that is large by its relevance must not shrink when it is hovered or selected.
  const extraPx = (index: number, minPx: number) =>
    Math.max(minPx, (highlightedRadiiPx[highlighted?.stepOf(index) ?? -1] ?? 0) - pen.radiusPx);
  const draw = (index: number, minPx: number) => {
    const extraRadiusPx = extraPx(index, minPx);
    drawPoint(pen, index, ink, extraRadiusPx);
    if (hollow.has(index)) drawHole(pen, index, hollowPx(pen.radiusPx + extraRadiusPx));
  };
  if (scene.selected >= 0) for (const index of scene.neighbours) draw(index, 0.6);
  if (hovered >= 0 && hovered !== scene.selected) {
    draw(hovered, 0.8);
    drawRing(pen, hovered, ink, 4.5, 1.25);
  }
  if (scene.selected >= 0) {
    drawPoint(pen, scene.selected, accent, extraPx(scene.selected, 1));
    drawRing(pen, scene.selected, accent, 5, 1.75);
  }
}

/** Up to this number of points, arcs are faster than writing every pixel of a high-density screen. */
const fewPoints = 400;

function drawEach(pen: Pen, look: PointLook): void {
  const { highlighted, tones } = look;
  const n = pen.positions.length / 2;
  const shrunk = (i: number) => (look.arrivals.has(i) ? pen.radiusPx * (1 - look.arrivalProgress) : 0);
  const draw = (i: number, colour: string, extraPx: number) => {
    drawPoint(pen, i, colour, extraPx);
    if (look.hollow.has(i)) drawHole(pen, i, hollowPx(pen.radiusPx + extraPx));
  };
  for (let i = 0; i < n; i++) {
    if (highlighted !== null && highlighted.stepOf(i) >= 0) continue;
    const colour = highlighted === null ? tones.plain[toneAt(tones.topicOf, i)] : undefined;
    draw(i, colour ?? tones.dim, -shrunk(i));
  }
  highlighted?.rows.forEach((row, i) => {
    const step = highlighted.steps[i] ?? 0;
    const extraPx = (look.highlightedRadiiPx[step] ?? pen.radiusPx) - pen.radiusPx;
    draw(row, tones.highlighted[step]?.[toneAt(tones.topicOf, row)] ?? tones.dim, extraPx - shrunk(row));
  });
}

/** Isolines describe the whole map: close up they mean little and show their corners. */
function isolineOpacity(scale: number): number {
  return Math.max(0, Math.min(1, (14 - scale) / 8));
}

function priorityOf(scene: MapScene): { index: number; tone: LabelTone }[] {
  if (scene.selected < 0) return [];
  return [
    { index: scene.selected, tone: 'strong' },
    ...scene.neighbours.map((index) => ({ index, tone: 'plain' as const })),
  ];
}
