"""jupyter_kernel_test, the protocol's own test suite, against the installed kernel `java`."""
import unittest

import jupyter_kernel_test


class JavaKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "java"
    language_name = "java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    completion_samples = [
        {"text": "System.out.pr", "matches": {"print", "printf", "println"}},
        {"text": "StackOv", "matches": {"StackOverflowError"}},
    ]
    complete_code_samples = ["int a = 1;", "1 + 1", "void m() { }", "class A { int x; }", "%lsmagic"]
    incomplete_code_samples = ["int f(int x) {", "for (int i = 0; i < 3; i++) {", "String s = (1 +"]
    invalid_code_samples = ["int a = );", "class 3x {}"]
    code_generate_error = "int q = 1 / (1 - 1);"
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": "List.of(1, 2)", "result": "[1, 2]"},
    ]
    code_display_data = [{"code": 'display("<b>x</b>", "text/html");', "mime": "text/html"}]
    code_inspect_sample = "Math.max("
    code_clear_output = "clearOutput();"
    code_history_pattern = "1 +*"
    supported_history_operations = ("tail", "range", "search")


if __name__ == "__main__":
    unittest.main()
