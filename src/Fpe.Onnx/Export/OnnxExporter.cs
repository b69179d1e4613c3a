using Fpe.Files;
using Fpe.Onnx.Export;
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

    /// <summary>
    /// Writes a model as it is now, the dense parent or the expanded model. A file that is there already stays until the new one
    /// is complete and on the disk.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written; the defaults where null.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="OnnxExportException">A layer cannot be written; no file was.</exception>
    /// <exception cref="ModelInUseException">Another thread is changing the model; no file was written.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed; no file was written.</exception>
    /// <exception cref="WeightCountException">The file would not have as many weights as the compiler proved; it was not written.</exception>
    /// <exception cref="FileAccessException">The file cannot be written; what was there before is unchanged.</exception>
    public static OnnxExport ExportOnnx(this Model model, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        OnnxExport? export = null;
        AtomicFile.Write(path, stream => export = model.ExportOnnx(stream, options));
        return export!;
    }

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
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="WeightCountException">The file would not have as many weights as the compiler proved.</exception>
    public static OnnxExport ExportOnnx(this Model model, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        using IDisposable reading = model.BeginRead();
        var graph = new GraphBuilder(model.Plan.Name);
        var nodes = new ModelNodes(graph, options ?? new OnnxExportOptions());
        nodes.Add(model);
        WeightCheck.Require(model, nodes.Written);

        ModelProto file = FileOf(model, graph.Graph, nodes.Written);
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
