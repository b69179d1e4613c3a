using System.Text;
using Fpe.Files;

namespace Fpe.Runtime.Tests.Files;

/// <summary>How files begin that are often given for others.</summary>
public sealed class FileSignatureTests
{
    [Theory]
    [InlineData("1F8B", "a gzip file", "decompress it; a data file can stay compressed if its name ends in .gz.")]
    [InlineData("504B0304", "a zip archive", "unpack it; an archive of numpy.savez is read with NpyClasses.ReadNpz.")]
    [InlineData("504B0506", "a zip archive", "unpack it; an archive of numpy.savez is read with NpyClasses.ReadNpz.")]
    [InlineData("8002", "a Python pickle, which could run code when loaded", "load it in Python and save its arrays with numpy.save.")]
    [InlineData("8003", "a Python pickle, which could run code when loaded", "load it in Python and save its arrays with numpy.save.")]
    [InlineData("8004", "a Python pickle, which could run code when loaded", "load it in Python and save its arrays with numpy.save.")]
    [InlineData("8005", "a Python pickle, which could run code when loaded", "load it in Python and save its arrays with numpy.save.")]
    [InlineData("934E554D5059", "an array of numpy.save", "rename it to end in .npy, and read it with NpyClasses.")]
    [InlineData("425A68", "a bzip2 file", "decompress it first.")]
    [InlineData("FD377A585A00", "an xz file", "decompress it first.")]
    [InlineData("28B52FFD", "a zstd file", "decompress it first.")]
    [InlineData("377ABCAF271C", "a 7z archive", "unpack it.")]
    [InlineData("894844460D0A", "an HDF5 file", "load it in Python and save its arrays with numpy.save.")]
    [InlineData("50415231", "a Parquet file", "read it with ParquetTable of the package Fpe.Parquet.")]
    [InlineData("4152524F5731", "an Arrow file", "read it with ArrowTable of the package Fpe.Arrow.")]
    [InlineData("4D41544C414220", "a MATLAB file", "load it in Python and save its arrays with numpy.save.")]
    [InlineData("76657273696F6E2068747470733A2F2F6769742D6C6673", "a Git LFS pointer instead of the file", "get the file with 'git lfs pull'.")]
    public void Files_are_known_by_all_their_first_bytes(string beginning, string name, string fix)
    {
        byte[] bytes = Convert.FromHexString(beginning);
        Assert.Equal(name, FileSignature.Of(bytes)!.Name);
        Assert.Equal($"it is {name}; {fix}", FileSignature.Of([.. bytes, 1, 2, 3])!.Problem);
        Assert.Null(FileSignature.Of(bytes.AsSpan(..^1)));
        Assert.Null(FileSignature.Of([0, .. bytes]));
    }

    [Theory]
    [InlineData("archive/data.pkl", "a zip archive of torch.save")]
    [InlineData("net/data.pkl", "a zip archive of torch.save")]
    [InlineData("data.pkl", "a zip archive")]
    [InlineData("metadata.json", "a zip archive of Keras")]
    [InlineData("config.json", "a zip archive of Keras")]
    [InlineData("model.weights.h5", "a zip archive of Keras")]
    [InlineData("a.npy", "a zip archive")]
    public void Archives_are_known_by_their_first_entry(string entry, string name)
    {
        byte[] bytes = [.. "PK\u0003\u0004"u8, .. new byte[22], (byte)entry.Length, 0, 0, 0, .. Encoding.ASCII.GetBytes(entry), 1, 2, 3];
        Assert.Equal((name, true), (FileSignature.Of(bytes)!.Name, FileSignature.Of(bytes)!.IsZip));
        Assert.Equal("a zip archive", FileSignature.Of(bytes.AsSpan(..(29 + entry.Length)))!.Name);
    }

    [Theory]
    [InlineData(257, null)]
    [InlineData(258, null)]
    [InlineData(261, null)]
    [InlineData(262, "it is a tar archive; unpack it.")]
    [InlineData(512, "it is a tar archive; unpack it.")]
    public void An_archive_of_tar_is_known_by_its_257th_byte(int length, string? problem)
    {
        var bytes = new byte[512];
        "ustar"u8.CopyTo(bytes.AsSpan(257));
        Assert.Equal(problem, FileSignature.Of(bytes.AsSpan(..length))?.Problem);
    }

    [Theory]
    [InlineData("<html>", true)]
    [InlineData("<HTML", true)]
    [InlineData("<!DOCTYPE html>", true)]
    [InlineData("<?xml version='1.0'?>", true)]
    [InlineData("\uFEFF \t\r\n<html>", true)]
    [InlineData("<htm", false)]
    [InlineData("<!doctype svg>", false)]
    [InlineData("x<html>", false)]
    [InlineData("", false)]
    public void A_page_is_known_by_its_first_word(string text, bool isPage) => Assert.Equal(
        isPage ? "it is a web page (HTML or XML), which a server sent instead of the file; open it to see what is wrong, and fetch the file itself." : null,
        FileSignature.Of(Encoding.UTF8.GetBytes(text))?.Problem);

    [Fact]
    public void Text_in_place_of_a_compressed_file_is_said_to_need_another_name() =>
        Assert.Equal("it is plain text; remove .gz from its name.", FileSignature.Text.Problem);

    [Theory]
    [InlineData("1,2\r\n\t3 ~", true)]
    [InlineData("", true)]
    [InlineData("1,2\u001F", false)]
    [InlineData("1,2\u007F", false)]
    [InlineData("\u000B1,2", false)]
    [InlineData("é", false)]
    public void Text_is_what_is_printed(string text, bool isText) => Assert.Equal(isText, FileSignature.IsText(Encoding.Latin1.GetBytes(text)));
}
