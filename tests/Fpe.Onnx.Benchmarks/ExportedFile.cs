using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Expansion;
using Microsoft.ML.OnnxRuntime;

namespace Fpe.Onnx.Benchmarks;

/// <summary>The ONNX file of a network with one hidden layer and ten classes, in ONNX Runtime on one thread.</summary>
internal sealed class ExportedFile : IDisposable
{
    private static readonly string[] Inputs = ["input"];
    private static readonly string[] Outputs = ["output"];

    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly int inputs;

    public ExportedFile(int inputs, int neurons, ExpansionPlan expansion, bool dense = false)
    {
        this.inputs = inputs;
        using PlannedModel model = OneHidden.Create(inputs, neurons, outputs: 10, expansion);
        if (expansion.IsExpanded)
            model.Expand();
        using var file = new MemoryStream();
        model.ExportOnnx(file, new OnnxExportOptions { Dense = dense });
        Bytes = file.Length;
        using var settings = new SessionOptions { IntraOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        session = new InferenceSession(file.ToArray(), settings);
    }

    /// <summary>The size of the file.</summary>
    public long Bytes { get; }

    /// <summary>The outputs of a batch, again and again.</summary>
    /// <param name="batch">Samples.</param>
    public IContestant Work(int batch)
    {
        float[] samples = [.. Enumerable.Range(0, batch * inputs).Select(i => MathF.Sin(i))];
        var values = new[] { OrtValue.CreateTensorValueFromMemory(samples, [batch, inputs]) };
        return new LocalWork(() => session.Run(options, Inputs, values, Outputs).Dispose());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        options.Dispose();
    }
}
