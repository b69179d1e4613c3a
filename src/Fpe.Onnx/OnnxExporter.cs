using Fpe.Onnx.Graph;
using Fpe.Onnx.Layers;
using Fpe.Onnx.Schema;
using Google.Protobuf;

namespace Fpe.Onnx;

/// <summary>Writes models as ONNX files of standard operators, which other runtimes compute.</summary>
public static class OnnxExporter
{
    /// <summary>
    /// Version of the standard's operators: the lowest at which all that are written here have the form they still have, so
    /// that runtimes from 2021 on read the file.
    /// </summary>
    private const int OperatorSet = 13;

    /// <summary>Version of the file format that came with <see cref="OperatorSet"/>.</summary>
    private const int FormatVersion = 7;

    /// <summary>Writes a model as it is now: the dense parent, or the expanded model.</summary>
    /// <remarks>
    /// The graph has one input, <c>input</c>, of shape [batch, inputs], and one output, <c>output</c>, of shape
    /// [batch, outputs]; the batch is free. Dropout leaves no trace. The weights in the file are counted before it is
    /// written, and have to be as many as the compiler proved.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="stream">Receives the file.</param>
    /// <param name="options">How it is written; the defaults where null.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="OnnxExportException">A layer cannot be written.</exception>
    /// <exception cref="WeightCountException">The file would not have as many weights as the compiler proved.</exception>
    public static OnnxExport ExportOnnx(this Model model, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        ModelProto file = Build(model, options ?? new OnnxExportOptions(), out List<WrittenLayer> written);
        WeightCheck.Require(model, written);
        file.WriteTo(stream);
        return new OnnxExport([.. written.Select(Describe)], file.CalculateSize());
    }

    private static ModelProto Build(Model model, OnnxExportOptions options, out List<WrittenLayer> written)
    {
        var graph = new GraphBuilder(model.Plan.Name);
        string value = graph.AddInput("input", model.Plan.InputCount);
        written = [];
        foreach (Layer layer in model.Layers)
        {
            switch (layer)
            {
                case Linear linear:
                    written.Add(LinearNodes.Add(graph, linear, value, options));
                    value = written[^1].Output;
                    break;
                case Dropout:
                    break;
                default:
                    throw new OnnxExportException($"{model.Plan.Name}.{layer.Name}", $"a layer of type {layer.GetType().Name} cannot be written to an ONNX file; only Linear and Dropout can.");
            }
        }

        graph.AddOutput(value, "output", model.Plan.OutputCount);
        return new ModelProto
        {
            IrVersion = FormatVersion,
            OpsetImport = { new OperatorSetIdProto { Version = OperatorSet } },
            ProducerName = "Fpe",
            ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version!.ToString(3),
            Graph = graph.Graph,
            MetadataProps = { Metadata.Of(model, written) },
        };
    }

    private static OnnxLayer Describe(WrittenLayer layer) =>
        new(layer.Layer.Name, layer.Form, layer.Layer.Edges.EdgeCount, layer.StoredValues);
}
