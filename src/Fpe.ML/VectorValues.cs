using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>Writes dense values into the buffers of ML.NET.</summary>
internal static class VectorValues
{
    /// <summary>Copies values into a buffer, which is enlarged if necessary.</summary>
    public static void CopyInto<T>(this T[] values, ref VBuffer<T> buffer)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref buffer, values.Length);
        values.CopyTo(editor.Values);
        buffer = editor.Commit();
    }
}
