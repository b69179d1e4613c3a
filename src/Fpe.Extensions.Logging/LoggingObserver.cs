using System.Globalization;
using Fpe.Data;
using Fpe.Training;
using Microsoft.Extensions.Logging;

namespace Fpe.Extensions.Logging;

/// <summary>
/// Logs a training run: <c>new Trainer(options, new LoggingObserver(logger))</c>. Every number is a structured value of its message. Epochs are
/// information; classes without a sample and a run that was cancelled are warnings.
/// </summary>
/// <param name="logger">Receives the messages.</param>
/// <param name="level">The level of the messages about epochs.</param>
public sealed partial class LoggingObserver(ILogger logger, LogLevel level = LogLevel.Information) : ITrainingObserver
{
    private static readonly EventId EpochEvent = new(4, nameof(EpochEnded));

    private readonly ILogger logger = logger ?? throw new ArgumentNullException(nameof(logger));
    private int epochs;

    /// <inheritdoc/>
    public void TrainingStarted(Model model, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        epochs = options.Epochs;
        LogStarted(logger, model.Plan.Name, options.Epochs, model.WeightCount);
    }

    /// <inheritdoc/>
    public void ClassesMissing(Model model, Dataset train, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(classes);
        if (logger.IsEnabled(LogLevel.Warning))
            LogMissing(logger, model.Plan.Name, train.Name, [.. classes.Select(number => model.Meaning.ClassNames?[number] ?? number.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <inheritdoc/>
    public void TrainingResumed(Model model, IReadOnlyList<EpochReport> finished)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(finished);
        LogResumed(logger, model.Plan.Name, finished.Count == 0 ? 0 : finished[^1].Epoch);
    }

    /// <inheritdoc/>
    public void ModelExpanded(Model model, int epochs)
    {
        ArgumentNullException.ThrowIfNull(model);
        LogExpanded(logger, model.Plan.Name, epochs, model.WeightCount);
    }

    /// <inheritdoc/>
    public void EpochEnded(Model model, EpochReport report)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(report);
        if (logger.IsEnabled(level))
            logger.Log(level, EpochEvent, new EpochValues(model.Plan.Name, epochs, report), exception: null, (values, _) => values.ToString());
    }

    /// <inheritdoc/>
    public void TrainingEnded(Model model, TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(result);
        LogLevel severity = result.StopReason == StopReason.Cancelled ? LogLevel.Warning : LogLevel.Information;
        LogEnded(logger, severity, model.Plan.Name, result.StopReason, result.Epochs.Count);
        if (result.BestEpoch is { } best)
            LogBest(logger, model.Plan.Name, best);
    }

    [LoggerMessage(1, LogLevel.Information, "{Model}: training for {Epochs} epochs, {Weights} weights")]
    private static partial void LogStarted(ILogger logger, string model, int epochs, long weights);

    [LoggerMessage(7, LogLevel.Warning, "{Model}: no sample of {Data} is of these classes, so the model learns that they never occur: {Classes}")]
    private static partial void LogMissing(ILogger logger, string model, string data, string[] classes);

    [LoggerMessage(2, LogLevel.Information, "{Model}: resumed after epoch {Epoch}")]
    private static partial void LogResumed(ILogger logger, string model, int epoch);

    [LoggerMessage(3, LogLevel.Information, "{Model}: expanded after epoch {Epoch}, {Weights} weights")]
    private static partial void LogExpanded(ILogger logger, string model, int epoch, long weights);

    [LoggerMessage(EventId = 5, Message = "{Model}: {StopReason} after {Epochs} epochs")]
    private static partial void LogEnded(ILogger logger, LogLevel level, string model, StopReason stopReason, int epochs);

    [LoggerMessage(6, LogLevel.Information, "{Model}: the weights are those of epoch {BestEpoch}")]
    private static partial void LogBest(ILogger logger, string model, int bestEpoch);
}
