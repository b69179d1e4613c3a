using Fpe.Files;
using Fpe.Onnx.Export;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Layers;
using Fpe.Onnx.Schema;
using Fpe.Quantization;
using Google.Protobuf;

namespace Fpe.Onnx;

/// <summary>Exports models to ONNX files with standard operators, which other runtimes can run.</summary>
public static class OnnxExporter
{
    /// <summary>
    /// The version of the operator set: the lowest version in which all operators used here have their current form, so that runtimes since
    /// 2021 can read the file.
    /// </summary>
    private const int OperatorSet = 13;

    /// <summary>The version of the file format that was introduced with <see cref="OperatorSet"/>.</summary>
    private const int FormatVersion = 7;

    /// <summary>
    /// Writes the current model, the dense parent or the expanded model. An existing file is kept until the new one is complete and on the
    /// disk.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">The export options; null for the defaults.</param>
    /// <returns>A description of the file.</returns>
    /// <exception cref="OnnxExportException">A layer cannot be written; no file was written.</exception>
    /// <exception cref="ModelInUseException">Another thread is changing the model; no file was written.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed; no file was written.</exception>
    /// <exception cref="WeightCountException">The file would not have the number of weights that the compiler proved; no file was written.</exception>
    /// <exception cref="FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
    public static OnnxExport ExportOnnx(this Model model, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        OnnxExport? export = null;
        AtomicFile.Write(path, stream => export = model.ExportOnnx(stream, options));
        return export!;
    }

    /// <summary>Writes the current model: the dense parent or the expanded model.</summary>
    /// <remarks>
    /// The graph has one input, <c>input</c>, of shape [batch, inputs], and one output, <c>output</c>, of shape [batch, outputs]; the batch
    /// size is free. Dropout is omitted. The weights in the file are counted before it is written, and their number must equal that proved
    /// by the compiler.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="stream">Receives the file.</param>
    /// <param name="options">The export options; null for the defaults.</param>
    /// <returns>A description of the file.</returns>
    /// <exception cref="OnnxExportException">A layer cannot be written.</exception>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="WeightCountException">The file would not have the number of weights that the compiler proved.</exception>
    public static OnnxExport ExportOnnx(this Model model, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        using IDisposable reading = model.BeginRead();
        return Write(model, bytes: null, stream, options);
    }

    /// <summary>Writes a network that only predicts. An existing file is kept until the new one is complete and on the disk.</summary>
    /// <param name="predictor">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">The export options; null for the defaults.</param>
    /// <returns>A description of the file.</returns>
    /// <exception cref="OnnxExportException">A layer cannot be written; no file was written.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed; no file was written.</exception>
    /// <exception cref="WeightCountException">The file would not have the number of weights that the compiler proved; no file was written.</exception>
    /// <exception cref="FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
    public static OnnxExport ExportOnnx(this Predictor predictor, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        OnnxExport? export = null;
        AtomicFile.Write(path, stream => export = predictor.ExportOnnx(stream, options));
        return export!;
    }

    /// <summary>Writes a network that only predicts: a model, or a quantised network.</summary>
    /// <remarks>
    /// A quantised network is written with weights of 8 bits, biases of 32 bits, and nodes that round values to bytes (<c>QuantizeLinear</c>)
    /// and say what bytes stand for (<c>DequantizeLinear</c>), which runtimes join with products and convolutions. They round in another way
    /// where a number lies halfway between two bytes.
    /// </remarks>
    /// <param name="predictor">The network.</param>
    /// <param name="stream">Receives the file.</param>
    /// <param name="options">The export options; null for the defaults.</param>
    /// <returns>A description of the file.</returns>
    /// <exception cref="OnnxExportException">A layer cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    /// <exception cref="WeightCountException">The file would not have the number of weights that the compiler proved.</exception>
    public static OnnxExport ExportOnnx(this Predictor predictor, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(stream);
        if (predictor.Source is Model single)
            return single.ExportOnnx(stream, options);
        using ModelAccess.Scope scope = predictor.Source.Access.Read(ModelUse.Reading);
        QuantizedNumbers numbers = ((QuantizedNetwork)predictor.Source).Numbers;
        using PlannedModel model = RestoredModel.Of(numbers);
        return Write(model, numbers, stream, options);
    }

    private static OnnxExport Write(Model model, QuantizedNumbers? bytes, Stream stream, OnnxExportOptions? options)
    {
        var graph = new GraphBuilder(model.Plan.Name);
        var nodes = new ModelNodes(graph, options ?? new OnnxExportOptions(), bytes is null ? null : new ByteNetwork(graph, bytes));
        nodes.Add(model);
        WeightCheck.Require(model, nodes.Written);

        ModelProto file = FileOf(model, graph.Graph, nodes.Written);
        if (bytes is not null)
            file.MetadataProps.Add(new StringStringEntryProto { Key = "fpe.bits", Value = "8" });
        file.WriteTo(stream);
        return new OnnxExport([.. nodes.Written.Select(Describe)], file.CalculateSize());
    }

    private static ModelProto FileOf(Model model, GraphProto graph, IReadOnlyList<WrittenLayer> written) => new()
    {
        IrVersion = FormatVersion,
        OpsetImport = { new OperatorSetIdProto { Version = OperatorSet } },
        ProducerName = "Fpe",
        ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version!.ToString(3),
        Graph = graph,
        MetadataProps = { Metadata.Of(model, written) },
    };

    private static OnnxLayer Describe(WrittenLayer layer) =>
        new(layer.Layer.Name, layer.Form, layer.ModelWeights, layer.StoredValues);
}
