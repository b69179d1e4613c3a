namespace Fpe.Training;

/// <summary>The steps of a run within which edges are learned, counted as the run counts its steps.</summary>
/// <param name="Begin">Steps that are finished before edges begin to change.</param>
/// <param name="End">Steps that are finished when edges change for the last time.</param>
/// <param name="Every">Steps from one change to the next.</param>
internal sealed record LearningSteps(long Begin, long End, long Every)
{
    /// <summary>Whether edges change after so many steps.</summary>
    public bool IsChange(long steps) => steps > Begin && steps <= End && ((steps - Begin) % Every == 0 || steps == End);

    /// <summary>How far learning is after so many steps, from 0 to 1.</summary>
    public double Progress(long steps) => Math.Clamp((steps - Begin) / (double)(End - Begin), 0, 1);

    /// <summary>The steps of a run.</summary>
    /// <param name="settings">When edges are learned.</param>
    /// <param name="options">The run.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch.</param>
    public static LearningSteps Of(EdgeLearning settings, TrainingOptions options, int stepsPerEpoch)
    {
        long first = (long)Math.Max(options.ExpandAfter ?? 0, options.StartEpoch) * stepsPerEpoch;
        long steps = ((long)options.Epochs * stepsPerEpoch) - first;
        (long begin, long end) = ((long)(settings.BeginsAfter * steps), (long)(settings.End * steps));
        return new LearningSteps(first + begin, first + end, settings.EverySteps ?? Math.Max(1, (end - begin) / settings.UsualChanges));
    }
}
