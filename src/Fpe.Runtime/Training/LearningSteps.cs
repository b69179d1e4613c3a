namespace Fpe.Training;

/// <summary>The steps of a run in which edges are learned, with the numbering of the run.</summary>
/// <param name="Begin">The number of finished steps before edges begin to change.</param>
/// <param name="End">The number of finished steps when edges change for the last time.</param>
/// <param name="Every">The number of steps between changes.</param>
internal sealed record LearningSteps(long Begin, long End, long Every)
{
    /// <summary>Returns whether edges change after a number of steps.</summary>
    public bool IsChange(long steps) => steps > Begin && steps <= End && ((steps - Begin) % Every == 0 || steps == End);

    /// <summary>Returns the progress of learning after a number of steps, from 0 to 1.</summary>
    public double Progress(long steps) => Math.Clamp((steps - Begin) / (double)(End - Begin), 0, 1);

    /// <summary>Returns the learning steps of a run.</summary>
    /// <param name="settings">The settings for learning edges.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="stepsPerEpoch">The number of steps per epoch.</param>
    public static LearningSteps Of(EdgeLearning settings, TrainingOptions options, int stepsPerEpoch)
    {
        long first = (long)Math.Max(options.ExpandAfter ?? 0, options.StartEpoch) * stepsPerEpoch;
        long steps = ((long)options.Epochs * stepsPerEpoch) - first;
        (long begin, long end) = ((long)(settings.BeginsAfter * steps), (long)(settings.End * steps));
        return new LearningSteps(first + begin, first + end, settings.EverySteps ?? Math.Max(1, (end - begin) / settings.UsualChanges));
    }
}
