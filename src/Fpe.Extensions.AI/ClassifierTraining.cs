using Fpe.Data;
using Fpe.Training;
using static System.FormattableString;

namespace Fpe.Extensions.AI;

/// <summary>Trains the model of a classifier.</summary>
internal static class ClassifierTraining
{
    /// <summary>Trains a model whose meaning says its classes.</summary>
    /// <param name="model">The model, new or trained before.</param>
    /// <param name="all">The samples, as they were generated.</param>
    /// <param name="options">The options.</param>
    /// <param name="standardizes">Whether samples are standardised by statistics of the training part.</param>
    /// <param name="cancellation">Ends the run after the current step.</param>
    /// <exception cref="TrainingOptionsException">The validation fraction leaves no sample to validate on.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task RunAsync(Model model, Dataset all, TextClassifierOptions options, bool standardizes, CancellationToken cancellation)
    {
        int heldCount = (int)(all.Count * options.ValidationFraction);
        if (heldCount == 0 && options.ValidationFraction > 0)
            throw new TrainingOptionsException(nameof(TextClassifierOptions.ValidationFraction), Invariant($"{options.ValidationFraction} of {all.Count} examples is less than one, which leaves none to validate on; use more than 1/{all.Count}, more texts, or 0."));
        (Dataset train, Dataset? held) = heldCount > 0
            ? all.Divide(all.Name, all.Count - heldCount, "validation texts", options.Seed)
            : (all, null);
        if (standardizes)
            model.Meaning = model.Meaning with { Features = Standardization.PerFeature(train) };
        TrainingOptions training = options.Training with { Seed = options.Training.Seed ?? options.Seed };
        if (model.Plan.OutputCount == 1)
            training = training with { Loss = Loss.SigmoidCrossEntropy };
        TrainingResult result = await new Trainer(training, [.. options.Observers]).FitAsync(model, train, held, cancellation: cancellation).ConfigureAwait(false);
        if (result.StopReason == StopReason.Cancelled)
            throw new OperationCanceledException($"The training of {model.Plan.Name} was cancelled after {result.Epochs.Count} of {training.Epochs} epochs.", cancellation);
    }
}
