using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Expansion;
using Microsoft.ML.OnnxRuntime;

namespace Fpe.Onnx.Benchmarks;

/// <summary>An ONNX file in ONNX Runtime on one thread.</summary>
internal sealed class ExportedFile : IDisposable
{
    private static readonly string[] Inputs = ["input"];
    private static readonly string[] Outputs = ["output"];

    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly int inputs;

    /// <summary>Opens a file.</summary>
    /// <param name="inputs">The number of values of a sample.</param>
    /// <param name="export">Writes the file.</param>
    public ExportedFile(int inputs, Action<Stream> export)
    {
        this.inputs = inputs;
        using var file = new MemoryStream();
        export(file);
        Bytes = file.Length;
        using var settings = new SessionOptions { IntraOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        session = new InferenceSession(file.ToArray(), settings);
    }

    /// <summary>The size of the file.</summary>
    public long Bytes { get; }

    /// <summary>Exports a network with one hidden layer and ten classes.</summary>
    public static ExportedFile OfOneHidden(int inputs, int neurons, ExpansionPlan expansion, bool dense = false)
    {
        using PlannedModel model = OneHidden.Create(inputs, neurons, outputs: 10, expansion);
        if (expansion.IsExpanded)
            model.Expand();
        return new ExportedFile(inputs, file => model.ExportOnnx(file, new OnnxExportOptions { Dense = dense }));
    }

    /// <summary>The outputs of a batch, again and again.</summary>
    /// <param name="batch">Samples.</param>
    public IContestant Work(int batch) => Work([.. Enumerable.Range(0, batch * inputs).Select(i => MathF.Sin(i))]);

    /// <summary>The outputs of samples, again and again.</summary>
    public IContestant Work(float[] samples)
    {
        var values = new[] { OrtValue.CreateTensorValueFromMemory(samples, [samples.Length / inputs, inputs]) };
        return new LocalWork(() => session.Run(options, Inputs, values, Outputs).Dispose());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        options.Dispose();
    }
}
