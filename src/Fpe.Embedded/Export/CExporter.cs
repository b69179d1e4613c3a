using System.Text;
using Fpe.Checkpoints;
using Fpe.Embedded.Networks;
using Fpe.Embedded.Source;
using Fpe.Files;
using Fpe.Quantization;

namespace Fpe.Embedded;

/// <summary>Writes trained networks as C99: a header and a source file with constant tables, for microcontrollers and for everything else.</summary>
public static class CExporter
{
    /// <summary>Writes the current model, the dense parent or the expanded model, in floating-point numbers.</summary>
    /// <remarks>
    /// The files need no more than <c>stdint.h</c>, and <c>math.h</c> if an activation does, and allocate nothing. The weights in them are
    /// counted before they are written, and their number must equal that proved by the compiler. Existing files are kept until the new ones
    /// are complete.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder, which is created if it does not exist.</param>
    /// <param name="options">The export options; null for the defaults.</param>
    /// <returns>What was written, and what it needs.</returns>
    /// <exception cref="CExportException">A layer or a name cannot be written, or a weight is not finite; nothing was written.</exception>
    /// <exception cref="WeightCountException">The file would not have the number of weights that the compiler proved; nothing was written.</exception>
    /// <exception cref="FileAccessException">The folder or a file cannot be written; existing files are unchanged.</exception>
    /// <exception cref="ModelInUseException">Another thread is changing the model; nothing was written.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed; nothing was written.</exception>
    public static CExport ExportC(this Model model, string folder, CExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(folder);
        using IDisposable reading = model.BeginRead();
        RequireLayers(model.Plan, NumberFormat.Float);
        if (FiniteCheck.Find(model) is { } found)
            throw new CExportException(model.Plan.Name, $"{found}; training diverged, so try a lower learning rate.");
        return Write(NumberNetwork.Of(model), model.WeightCount, folder, options);
    }

    /// <summary>
    /// Writes what a predictor computes: a quantised network in 8-bit integers, which gives the same bits, or a model in floating-point numbers.
    /// </summary>
    /// <param name="predictor">The predictor: <c>model.Quantize(train)</c>, or <c>model.ToPredictor()</c>.</param>
    /// <param name="folder">The folder, which is created if it does not exist.</param>
    /// <param name="options">The export options; null for the defaults.</param>
    /// <returns>What was written, and what it needs.</returns>
    /// <exception cref="CExportException">A layer or a name cannot be written; nothing was written.</exception>
    /// <exception cref="WeightCountException">The file would not have the number of weights that the compiler proved; nothing was written.</exception>
    /// <exception cref="FileAccessException">The folder or a file cannot be written; existing files are unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed; nothing was written.</exception>
    public static CExport ExportC(this Predictor predictor, string folder, CExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(folder);
        if (predictor.Source is Model model)
            return model.ExportC(folder, options);
        if (predictor.Source is not QuantizedNetwork network)
            throw new CExportException(predictor.Plan.Name, $"a predictor with {predictor.Source.GetType().Name} cannot be written as C; pass one of model.ToPredictor() or model.Quantize(train).");
        using ModelAccess.Scope reading = network.Access.Read(ModelUse.Reading);
        RequireLayers(network.Plan, NumberFormat.Int8);
        return Write(ByteNetwork.Of(network), predictor.WeightCount, folder, options);
    }

    private static void RequireLayers(ModelPlan plan, NumberFormat format)
    {
        if (plan.WhyNotC(format) is { } refused)
            throw new CExportException($"{plan.Name}.{refused.Layer.Name}", refused.Problem + ".");
    }

    private static CExport Write(CNetwork network, long weights, string folder, CExportOptions? options)
    {
        string model = network.Plan.Name;
        string name = options?.Name is { } chosen ? CIdentifiers.Require(model, chosen) : CIdentifiers.OfModel(model);
        Export.WeightCheck.Require(network, weights);
        Export.NameCheck.Require(network, name);
        string header = Path.Combine(folder, name + ".h"), source = Path.Combine(folder, name + ".c");
        byte[] headerText = Encoding.UTF8.GetBytes(Export.HeaderFile.Of(network, name)), sourceText = Encoding.UTF8.GetBytes(Export.SourceFile.Of(network, name));
        CreateFolder(folder);
        // Both are complete before one is replaced, so that what cannot be written leaves both as they were.
        using (var headerFile = new AtomicFile(header))
        using (var sourceFile = new AtomicFile(source))
        {
            headerFile.Fill(stream => stream.Write(headerText));
            sourceFile.Fill(stream => stream.Write(sourceText));
            headerFile.Commit();
            sourceFile.Commit();
        }

        CLayer[] layers =
        [
            .. network.Steps.Where(step => step.Tables.Count > 0)
                .Select(step => new CLayer(step.Layer, step.Description, step.Weights, step.Tables.Sum(table => table.Bytes))),
        ];
        return new CExport(header, source, network.Format, layers, network.TableBytes, network.ScratchBytes, network.Steps.Sum(step => step.MultiplyAdds));
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (FileAccessException.IsCauseOfOpening(error))
        {
            throw FileAccessException.Writing(folder, error);
        }
    }
}
