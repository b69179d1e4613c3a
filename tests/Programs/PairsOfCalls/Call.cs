using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fpe;
using Fpe.Checkpoints;
using Fpe.Training;

namespace PairsOfCalls;

/// <summary>Something that a thread does with a model.</summary>
/// <param name="Name">Name for reports.</param>
/// <param name="Changes">Whether it changes the model, or closes it.</param>
/// <param name="Run">Does it, and returns what it saw, as text.</param>
internal sealed record Call(string Name, bool Changes, Func<Subject, string> Run)
{
    private static readonly TrainingOptions Options = new() { Epochs = 2, BatchSize = 16, ExpandAfter = null };
    private static int Files;

    /// <summary>Every call.</summary>
    public static readonly IReadOnlyList<Call> All =
    [
        new("predict", false, subject => Subject.Class(subject.Model, 7)),
        new("forward one", false, subject => Subject.Outputs(subject.Model, 1)),
        new("forward a few", false, subject => Subject.Outputs(subject.Model, 5)),
        new("forward many", false, subject => Subject.Outputs(subject.Model, 300)),
        new("evaluate", false, subject => Evaluator.Evaluate(subject.Model, Subject.Data, Loss.SoftmaxCrossEntropy).ToString()),
        new("save", false, Save),
        new("to", false, To),
        new("copy to", false, CopyTo),
        new("summarize", false, subject => string.Join(' ', subject.Model.Summarize().Layers)),
        new("read weights", false, ReadWeights),
        new("forget", false, Forget),
        new("collect", false, _ => Collect()),
        new("fit", true, subject => new Trainer(Options).Fit(subject.Model, Subject.Data).Epochs[^1].ToString()),
        new("expand", true, subject => Done(subject.Model.Expand)),
        new("load", true, subject => Done(() => subject.Model.LoadWeights(subject.SavedWeights))),
        new("copy from", true, subject => Done(() => subject.Other.CopyTo(subject.Model))),
        new("dispose", true, subject => Done(subject.Model.Dispose)),
    ];

    /// <summary>Whether a call may be refused like this.</summary>
    public static bool IsRefusal(Exception exception) => exception is ModelInUseException or ObjectDisposedException
        || (exception is InvalidOperationException && exception.Message.Contains("is already expanded", StringComparison.Ordinal))
        || (exception is CheckpointMismatchException && exception.Message.Contains("is expanded", StringComparison.Ordinal));

    private static string Done(Action action)
    {
        action();
        return "done";
    }

    private static string Save(Subject subject)
    {
        string path = Path.Combine(subject.Folder, $"{Interlocked.Increment(ref Files)}.safetensors");
        try
        {
            subject.Model.Save(path);
            using var loaded = new PlannedModel(subject.Model.Plan, device: subject.Model.Device);
            loaded.LoadWeights(path);
            return Subject.Outputs(loaded, 5);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string To(Subject subject)
    {
        using PlannedModel copy = subject.Model.To(subject.Model.Device);
        return Subject.Outputs(copy, 5);
    }

    private static string CopyTo(Subject subject)
    {
        using var copy = new PlannedModel(subject.Model.Plan, seed: 1, subject.Model.Device);
        subject.Model.CopyTo(copy);
        return Subject.Outputs(copy, 5);
    }

    private static string ReadWeights(Subject subject)
    {
        using IDisposable reading = subject.Model.BeginRead();
        return string.Join(' ', subject.Model.Layers.OfType<Linear>().Select(layer =>
            Subject.Digest(MemoryMarshal.AsBytes<double>(layer.ReadWeights())) + Subject.Digest(MemoryMarshal.AsBytes<float>(layer.ToDense()))));
    }

    // Nobody refers to the copy while its last kernel runs but the kernel itself.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Forget(Subject subject) => Subject.Outputs(subject.Model.To(subject.Model.Device), 5);

    private static string Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return "done";
    }
}
