using Fpe.Files;

namespace Fpe.Checkpoints;

/// <summary>The line of Python that converts a file of another tool to safetensors.</summary>
internal static class PythonConversion
{
    /// <summary>Returns the line; null for a kind of file that has no weights.</summary>
    /// <param name="kind">The kind of the file.</param>
    /// <param name="file">Its name.</param>
    public static string? Of(FileSignature kind, string file)
    {
        string target = Path.ChangeExtension(Path.GetFileName(file), ".safetensors");
        string source = Path.GetFileName(file);
        if (kind == FileSignature.Torch || kind == FileSignature.Zip || kind == FileSignature.Pickle)
        {
            return "python -c \"import torch; from safetensors.torch import save_file; "
                + $"save_file({{k: v.clone().contiguous() for k, v in torch.load('{source}', map_location='cpu', weights_only=True).items()}}, '{target}')\"";
        }

        if (kind == FileSignature.Keras || kind == FileSignature.Hdf5)
        {
            // Kernels of Keras are [in, out] and [height, width, in, out].
            return "python -c \"import keras, numpy; from safetensors.numpy import save_file; "
                + "save_file({f'{i}.{n}': numpy.ascontiguousarray(numpy.transpose(a, (3, 2, 0, 1)) if a.ndim == 4 else a.T) "
                + $"for i, l in enumerate(keras.models.load_model('{source}').layers) "
                + "for n, a in zip(['weight', 'bias', 'running_mean', 'running_var'], l.get_weights())}"
                + $", '{target}')\"";
        }

        return null;
    }
}
