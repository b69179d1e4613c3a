using System.Text.Json;
using Fpe.Checkpoints;
using Fpe.Compute;

namespace Fpe.Training;

/// <summary>The file of a checkpoint: a model file that also contains the state of its training.</summary>
internal static class TrainingCheckpoint
{
    private const string Losses = FileKeys.TrainingTensors + "losses";

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="stream">The destination.</param>
    /// <param name="model">The model.</param>
    /// <param name="progress">The progress of the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="best">The best weights; null if early stopping has none.</param>
    public static void Write(Stream stream, Model model, TrainingProgress progress, TrainingRun run, BestWeights? best)
    {
        var writer = new ModelWriter(model, WeightForm.Sparse);
        KeyValuePair<string, string> training = new(FileKeys.Training, JsonSerializer.Serialize(progress, TrainingJson.Default.TrainingProgress));
        new SafetensorsWriter($"checkpoint of {model.Plan.Name}", writer.Metadata().Append(training), [.. writer.Tensors(), .. Tensors(model, run, best)]).Write(stream);
    }

    /// <summary>Reads a checkpoint without changing the model.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="model">The model to be trained.</param>
    /// <param name="options">The training options.</param>
    /// <param name="stepsPerEpoch">The number of steps per epoch.</param>
    /// <param name="identity">Everything that the bits of the run depend on.</param>
    /// <exception cref="CheckpointFormatException">The file is damaged, or does not contain the state of a training run.</exception>
    /// <exception cref="CheckpointMismatchException">The checkpoint belongs to another model or another run.</exception>
    /// <exception cref="CheckpointValueException">A weight is invalid.</exception>
    /// <exception cref="Files.FileAccessException">The file cannot be read.</exception>
    public static SavedTraining Read(SafetensorsReader reader, Model model, TrainingOptions options, int stepsPerEpoch, IReadOnlyDictionary<string, string> identity)
    {
        TrainingProgress progress = ReadProgress(reader);
        RunIdentity.RequireSame(progress.Run, identity, options.Checkpoints is { ChangesLearningRate: true }, reader.File);
        LoadedModel loaded = ModelReader.Read(reader, model);
        CheckPosition(progress, options, stepsPerEpoch, reader.File);

        double[] losses = reader.ReadNumbers(Losses, progress.StepInEpoch * options.BatchesPerStep);
        double[][][] moments = [.. loaded.Parameters.Select(parameter => ReadMoments(reader, parameter, options.Optimizer.BuffersPerParameter))];
        double[][]? best = progress.Best is null ? null : ReadWeights(reader, loaded, BestName);
        double[][]? last = progress.Continues(options.Epochs) && progress.Best is { } found && found.Epoch != progress.Epoch ? ReadLast(reader, loaded, progress.Epoch, found.Epoch) : null;
        return new SavedTraining(loaded, progress, losses, moments, best, last);
    }

    private static IEnumerable<Tensor> Tensors(Model model, TrainingRun run, BestWeights? best)
    {
        ElementType format = model.Device.ElementType;
        double[] losses = run.LossesOfEpoch();
        yield return Tensor.OfNumbers(Losses, format, [losses.Length], losses);

        Parameter[] parameters = [.. model.Parameters];
        for (int p = 0; p < parameters.Length; p++)
        {
            IReadOnlyList<DeviceBuffer> moments = run.OptimizerState.Buffers[p];
            for (int m = 0; m < moments.Count; m++)
                yield return Numbers(MomentName(m, parameters[p].Name), parameters[p], moments[m]);
            if (best?.Epoch is not null)
                yield return Numbers(BestName(parameters[p].Name), parameters[p], best.Weights[p]);
            if (best?.Replaced is { } last)
                yield return Numbers(LastName(parameters[p].Name), parameters[p], last[p]);
        }

        Tensor Numbers(string name, Parameter parameter, DeviceBuffer buffer) =>
            Tensor.OfNumbers(name, format, [parameter.Count], ParameterValues.Read(parameter, buffer));
    }

    private static string MomentName(int moment, string parameter) => $"{FileKeys.TrainingTensors}moment{moment + 1}.{parameter}";

    private static string BestName(string parameter) => $"{FileKeys.TrainingTensors}best.{parameter}";

    private static string LastName(string parameter) => $"{FileKeys.TrainingTensors}last.{parameter}";

    private static double[][] ReadWeights(SafetensorsReader reader, LoadedModel loaded, Func<string, string> nameOf) =>
        [.. loaded.Parameters.Select(parameter => reader.ReadNumbers(nameOf(parameter.Name), parameter.Count))];

    // Earlier versions did not save them.
    private static double[][] ReadLast(SafetensorsReader reader, LoadedModel loaded, int epoch, int best) =>
        reader.Tensors.ContainsKey(LastName(loaded.Parameters[0].Name))
            ? ReadWeights(reader, loaded, LastName)
            : throw new CheckpointMismatchException(reader.File, $"it contains the weights of epoch {best}, the best, but not those of epoch {epoch}, from which further epochs would continue; leave Epochs at {epoch}, or start another run in another folder.");

    private static double[][] ReadMoments(SafetensorsReader reader, LoadedParameter parameter, int count) =>
        [.. Enumerable.Range(0, count).Select(m => reader.ReadNumbers(MomentName(m, parameter.Name), parameter.Count))];

    private static TrainingProgress ReadProgress(SafetensorsReader reader)
    {
        string? json = reader.Metadata.GetValueOrDefault(FileKeys.Training);
        if (json is null)
            throw new CheckpointFormatException(reader.File, "it contains a model, but not the state of a training run; load it with Load or LoadWeights instead.");
        try
        {
            return JsonSerializer.Deserialize(json, TrainingJson.Default.TrainingProgress) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new CheckpointFormatException(reader.File, $"metadata {FileKeys.Training} is not the state of a training run: {error.Message}", error);
        }
    }

    private static void RequireEnoughEpochs(TrainingProgress progress, int epochs, string file)
    {
        long begun = progress.Epoch + (progress.StepInEpoch > 0 ? 1L : 0);
        if (begun <= epochs)
            return;
        string steps = progress.StepInEpoch > 0 ? $" and {progress.StepInEpoch} steps" : "";
        throw new CheckpointMismatchException(file, $"{progress.Epoch} epochs{steps} are finished, but Epochs is {epochs} now; use at least {begun}, or start another run in another folder.");
    }

    private static void CheckPosition(TrainingProgress progress, TrainingOptions options, int stepsPerEpoch, string file)
    {
        Require(progress.Epoch >= options.StartEpoch, $"{progress.Epoch} finished epochs", $"at least {options.StartEpoch}");
        int last = stepsPerEpoch - 1;
        Require(progress.StepInEpoch >= 0 && progress.StepInEpoch <= last, $"{progress.StepInEpoch} finished steps of the next epoch", $"0 to {last}");
        RequireEnoughEpochs(progress, options.Epochs, file);
        Require(progress.Reports.Count == progress.Epoch - options.StartEpoch, $"{progress.Reports.Count} reports of epochs", $"{progress.Epoch - options.StartEpoch}");
        long steps = ((long)progress.Epoch * stepsPerEpoch) + progress.StepInEpoch;
        Require(progress.OptimizerSteps >= 0 && progress.OptimizerSteps <= steps, $"{progress.OptimizerSteps} steps of the optimizer", $"0 to {steps}");
        for (int e = 0; e < progress.Reports.Count; e++)
            Require(progress.Reports[e]?.Epoch == options.StartEpoch + e + 1, $"a report of epoch {progress.Reports[e]?.Epoch} at {e}", $"epoch {options.StartEpoch + e + 1}");
        if (progress.Best is { } best)
            Require(best.Epoch > options.StartEpoch && best.Epoch <= progress.Epoch, $"epoch {best.Epoch} as the best", $"{options.StartEpoch + 1} to {progress.Epoch}");

        void Require(bool condition, string what, string expected)
        {
            if (!condition)
                throw new CheckpointMismatchException(file, $"it has {what}, but must have {expected}; delete it to resume from the previous checkpoint.");
        }
    }
}
