using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Expansion;
using Microsoft.ML.OnnxRuntime;

namespace Fpe.Onnx.Benchmarks;

/// <summary>An ONNX file in ONNX Runtime on one thread.</summary>
internal sealed class ExportedFile : IDisposable
{
    private static readonly string[] InputNames = ["input"];
    private static readonly string[] OutputNames = ["output"];

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
    public IContestant Work(int batch) => Work([.. Enumerable.Range(0, batch * inputs).Select(i => MathF.Sin(i))], batch);

    /// <summary>The outputs of samples, again and again.</summary>
    /// <param name="samples">Samples, row by row.</param>
    /// <param name="together">The number of samples of a call.</param>
    public IContestant Work(float[] samples, int together)
    {
        OrtValue[][] calls = [.. samples.Chunk(together * inputs).Select(part => new[] { Input(part) })];
        return new LocalWork(() =>
        {
            foreach (OrtValue[] values in calls)
                session.Run(options, InputNames, values, OutputNames).Dispose();
        });
    }

    /// <summary>The outputs of samples.</summary>
    /// <param name="samples">Samples, row by row.</param>
    public float[] Outputs(float[] samples)
    {
        using OrtValue input = Input(samples);
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, InputNames, [input], OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        options.Dispose();
    }

    private OrtValue Input(float[] samples) => OrtValue.CreateTensorValueFromMemory(samples, [samples.Length / inputs, inputs]);
}
